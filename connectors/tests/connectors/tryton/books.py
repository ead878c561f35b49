"""Books in a real Tryton, made and changed by Tryton itself: `books.py CONFIG DATABASE first|later`.

The first run makes a company with customers, invoices and payments and prints the key of its REST application; the
later one pays, credits and changes.
"""
import datetime as dt
import sys
from decimal import Decimal

from proteus import Model, Wizard, config
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, get_accounts
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company, get_company

settings, database, step = sys.argv[1:]
cfg = config.set_trytond(database, config_file=settings)
cfg.skip_warning = True


def day(text):
    return dt.date.fromisoformat(text)


def get(model, **wanted):
    domain = [(field, '=', value) for field, value in wanted.items()]
    found, = Model.get(model).find(domain, limit=1)
    return found


def make(model, **fields):
    record = Model.get(model)(**fields)
    record.save()
    return record


def currency(code, rate):
    made = make('currency.currency', name=code, code=code, rounding=Decimal('0.01'))
    make('currency.currency.rate', date=dt.date(2020, 1, 1), rate=Decimal(rate), currency=made)
    return made


def customer(code, name, country, language='', vat='', register=('', ''), email='', limit=None, place=()):
    Party = Model.get('party.party')
    party = Party(name=name, code=code)
    party.addresses[0].country = get('country.country', code=country)
    if place:
        party.addresses[0].street_unstructured, party.addresses[0].postal_code, party.addresses[0].city = place
    if language:
        party.lang = get('ir.lang', code=language)
    if vat:
        party.identifiers.new(type='eu_vat', code=vat)
    if register[1]:
        party.identifiers.new(type=register[0], code=register[1])
    if email:
        party.contact_mechanisms.new(type='email', value=email)
    party.save()
    if limit is not None:
        party.credit_limit_amount = Decimal(limit)
        party.save()
    return party


def invoice(party, issued, amount, term, code='EUR', reference='', post=True):
    Invoice = Model.get('account.invoice')
    made = Invoice(type='out', party=get('party.party', code=party))
    made.invoice_date = day(issued)
    made.currency = get('currency.currency', code=code)
    made.payment_term = get('account.invoice.payment_term', name=term)
    made.reference = reference
    line = made.lines.new()
    line.account = get_accounts()['revenue']
    line.quantity = 1
    line.unit_price = Decimal(amount)
    line.description = 'Levering'
    made.save()
    if post:
        made.click('post')
    return made


def pay(made, amount, on, kind=''):
    pay = made.click('pay')
    pay.form.amount = Decimal(amount)
    pay.form.date = day(on)
    pay.form.payment_method = get('account.invoice.payment.method', name='Bank')
    pay.execute('choice')
    if pay.state != 'end':
        pay.form.type = kind
        if kind == 'writeoff':
            pay.form.writeoff = get('account.move.reconcile.write_off', name='Oninbaar')
        pay.execute('pay')
    made.reload()


def sale(party, on, amount, confirm, expire=None):
    Sale = Model.get('sale.sale')
    made = Sale(party=get('party.party', code=party))
    made.currency = get('currency.currency', code='EUR')
    line = made.lines.new()
    line.quantity = 1
    line.unit_price = Decimal(amount)
    line.description = 'Levering'
    made.sale_date = day(on)
    made.save()
    made.click('quote')
    if confirm:
        made.click('confirm')
    return made


def first():
    for code, name in [('NL', 'Netherlands'), ('BE', 'Belgium'), ('DE', 'Germany')]:
        make('country.country', code=code, name=name)
    euro = currency('EUR', '1')
    currency('USD', '1.1')
    own = customer('1', 'Noorderlicht Handel BV', 'NL', language='nl')
    create_company(party=own, currency=euro)
    company = get_company()
    company.timezone = 'Europe/Amsterdam'
    company.save()
    create_chart()
    year = set_fiscalyear_invoice_sequences(create_fiscalyear(today=(day('2026-01-01'), day('2026-12-31'))))
    year.click('create_period')
    accounts = get_accounts()
    make('account.invoice.payment.method', name='Bank', journal=get('account.journal', type='cash'),
        credit_account=accounts['cash'], debit_account=accounts['cash'])
    make('account.move.reconcile.write_off', name='Oninbaar', journal=get('account.journal', type='write-off'),
        credit_account=accounts['expense'], debit_account=accounts['expense'])
    Term = Model.get('account.invoice.payment_term')
    term = Term(name='30')
    term.lines.new(type='remainder').relativedeltas.new(days=30)
    term.save()
    term = Term(name='2x30')
    line = term.lines.new(type='percent', ratio=Decimal('.5'))
    line.relativedeltas[0].days = 30
    term.lines.new(type='remainder').relativedeltas.new(days=60)
    term.save()

    customer('1001', 'Bakkerij De Korst BV', 'NL', 'nl', 'NL004495445B01', email='crediteuren@dekorst.example',
        limit='5000', place=('Dorpsstraat 1', '1234 AB', 'Waterdam'))
    customer('1002', 'Brasserie du Parc SA', 'BE', '', 'BE0897290877', place=('Rue du Parc 5', '4000', 'Liège'))
    customer('1003', 'Jan van der Berg', 'NL')
    customer('1008', 'Nooit Besteld BV', 'NL')

    invoice('1001', '2026-09-01', '1210', '30', reference='PO-77')
    pay(invoice('1001', '2026-09-02', '363', '30'), '363', '2026-09-20')
    pay(invoice('1002', '2026-09-03', '1000', '30'), '400', '2026-10-05', 'partial')
    pay(invoice('1003', '2026-09-04', '100', '30'), '120', '2026-10-10', 'overpayment')
    pay(invoice('1003', '2026-09-04', '75', '30'), '0', '2026-11-01', 'writeoff')
    credited = invoice('1001', '2026-09-05', '500', '30')
    halves = invoice('1002', '2026-09-15', '900', '2x30')
    pay(halves, '450', '2026-10-15')
    credit = Wizard('account.invoice.credit', [credited])
    credit.form.with_refund = True
    credit.form.invoice_date = day('2026-10-12')
    credit.execute('credit')
    invoice('1001', '2026-10-13', '-100', '30')
    invoice('1002', '2026-10-21', '2500', '30', code='USD')
    invoice('1003', '2026-11-20', '42', '30', post=False)
    sale('1002', '2026-11-05', '1500', False)
    sale('1001', '2026-11-10', '640', True)

    application = make('res.user.application', user=get('res.user', login='admin'), application='rest')
    print('key', application.key)


def later():
    Invoice = Model.get('account.invoice')

    def of(party, amount):
        found, = [one for one in Invoice.find([('party.code', '=', party)]) if one.total_amount == Decimal(amount)]
        return found

    pay(of('1001', '1210'), '210', '2026-11-21', 'partial')
    # the payment is taken off: the invoice is open again, and the money is there to be used
    taken = of('1001', '363').payment_lines[0]
    taken.reconciliation.delete()
    taken.reload()
    taken.invoice_payment = None
    taken.save()
    party = get('party.party', code='1001')
    party.name = 'Bakkerij De Korst Holding BV'
    party.save()
    get('party.party', code='1008').delete()
    draft, = Invoice.find([('state', '=', 'draft'), ('party.code', '=', '1003')])
    draft.delete()
    sale, = Model.get('sale.sale').find([('state', '=', 'quotation')])
    sale.click('confirm')


cfg._context = Model.get('res.user').get_preferences(True, {})
{'first': first, 'later': later}[step]()
