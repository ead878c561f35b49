"""What the dunning run of an open-source ERP costs on this machine: `python -O yardstick.py FOLDER [DEBTORS]`.

Measured is Tryton's own wizard "Create Dunnings" (`account.dunning.create`, module account_dunning), which a user of
Tryton starts each day: it finds the overdue receivable lines that have no dunning, takes for each the first level of
its customer's procedure that fits, and saves a dunning at that level. It writes no message and gives no reason. It is
called through Tryton's pool in a fresh process (the one that made the books would take twice as long), over books in
an SQLite file, on the first day that these are dunned, and committed. What is counted is the processor time (user and
system) of that step alone: starting Tryton and making the books is not. Asserts are off (`-O`), which is the faster way
to run Tryton; the rest is as Tryton is shipped.

The books are like those of the bench: 4 open invoices for each debtor, 40 % overdue by 1 to 60 days. An invoice is
here the account move that Tryton leaves when it posts an invoice with one due date: posted, with one receivable line
that has the party and the maturity date, and one revenue line. So receivable lines are invoices, one to one, and each
overdue line gets one dunning. Making them takes a minute or two, once: FOLDER keeps them, and each run has a copy.

Needed are the packages trytond, proteus, trytond_account_invoice and trytond_account_dunning of one series; this was
written for 8.2. Prints JSON.
"""
import datetime as dt
import gc
import hashlib
import json
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

DATABASE = 'yardstick'
MODULES = ['account_invoice', 'account_dunning']
OPEN = 4
# how many invoices of each ten debtors are overdue: 40 %
OVERDUE = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4]
# overdue days from which a level of the procedure fits
LEVELS = [1, 15, 30]
CHUNK = 250
# as in the bench
TODAY = dt.date(2026, 11, 23)


def connect(folder):
    """Starts Tryton in this process, with the database of a folder."""
    from proteus import config
    return config.set_trytond(DATABASE, config_file=str(folder / 'trytond.conf'))


def configure(folder):
    """Tells Tryton where the database is; gives its file."""
    (folder / 'trytond.conf').write_text(f'[database]\nuri = sqlite://\npath = {folder}\n')
    return folder / f'{DATABASE}.sqlite'


def install(folder):
    """A database with the modules."""
    configure(folder).touch()
    (folder / 'password').write_text('a throw-away Tryton: nobody signs in')
    done = subprocess.run(
        [sys.executable, '-O', Path(sys.executable).with_name('trytond-admin'), '-c', folder / 'trytond.conf',
            '-d', DATABASE, '--email', 'admin@maan.example', '-p', '-l', 'en',
            '-u', *MODULES, '--activate-dependencies'],
        env={'TRYTONPASSFILE': str(folder / 'password')}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f'trytond-admin could not make the database: {done.stderr.strip()}')


def make_company():
    """A company with a chart of accounts, a fiscal year and a procedure."""
    # only now, when Tryton knows where the database is
    from proteus import Model
    from trytond.modules.account.tests.tools import create_chart, create_fiscalyear
    from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
    from trytond.modules.company.tests.tools import create_company
    create_company()
    create_chart()
    year = set_fiscalyear_invoice_sequences(create_fiscalyear(today=TODAY))
    year.click('create_period')
    procedure = Model.get('account.dunning.procedure')(name='Procedure')
    for number, days in enumerate(LEVELS, 1):
        procedure.levels.new(sequence=number, overdue=dt.timedelta(days=days))
    procedure.save()


def due_dates(debtor, draw):
    """The due dates of the open invoices of a debtor."""
    late = OVERDUE[debtor % len(OVERDUE)]
    days = [-1 - draw.randrange(60) if number < late else draw.randrange(1, 29) for number in range(OPEN)]
    return [TODAY + dt.timedelta(days=day) for day in days]


def make_moves(pool, debtors):
    """Debtors with posted moves, a chunk at once."""
    Account, Move, Party = map(pool.get, ['account.account', 'account.move', 'party.party'])
    journal, = pool.get('account.journal').search([('code', '=', 'REV')])
    procedure, = pool.get('account.dunning.procedure').search([])
    receivable, = Account.search([('type.receivable', '=', True), ('closed', '!=', True)], limit=1)
    revenue, = Account.search([('type.revenue', '=', True), ('closed', '!=', True)], limit=1)
    periods = pool.get('account.period').search([('type', '=', 'standard')])
    periods = {period.start_date.replace(day=1): period for period in periods}
    draw = random.Random(7)
    for first in range(0, debtors, CHUNK):
        numbers = range(first, min(first + CHUNK, debtors))
        parties = Party.create([{'name': f'Bakkerij {number}', 'dunning_procedure': procedure} for number in numbers])
        dues = [(party, due) for number, party in zip(numbers, parties) for due in due_dates(number, draw)]
        moves = []
        for party, due in dues:
            issued = due - dt.timedelta(days=30)
            amount = Decimal(5_000 + draw.randrange(200_000)) / 100
            lines = [('create', [
                {'account': receivable, 'debit': amount, 'party': party, 'maturity_date': due},
                {'account': revenue, 'credit': amount}])]
            moves.append(
                {'journal': journal, 'period': periods[issued.replace(day=1)], 'date': issued, 'lines': lines})
        Move.post(Move.create(moves))


def in_transaction(connection, work, *arguments):
    """Does the work in a transaction that is committed; the locks it asks for are taken as in Tryton's server."""
    from trytond.transaction import Transaction, TransactionError
    locks = {}
    while True:
        try:
            with Transaction().start(DATABASE, connection.user, context=connection.context, **locks):
                return work(connection.pool, *arguments)
        except TransactionError as error:
            error.fix(locks)


def dun(pool):
    """Runs the wizard and commits; gives its milliseconds of processor time."""
    from trytond.transaction import Transaction
    Create = pool.get('account.dunning.create', type='wizard')
    session, _, _ = Create.create()
    answers = {'start': {'date': TODAY, 'companies': Transaction().context['companies']}}
    gc.collect()
    begin = time.process_time()
    Create.execute(session, answers, 'create_')
    Transaction().commit()
    return 1000 * (time.process_time() - begin)


def count(pool):
    """The dunnings and the overdue receivable lines."""
    overdue = [('account.type.receivable', '=', True), ('maturity_date', '<', TODAY)]
    Dunning, Line = map(pool.get, ['account.dunning', 'account.move.line'])
    return Dunning.search([], count=True), Line.search(overdue, count=True)


def make_books(folder, debtors):
    install(folder)
    connection = connect(folder)
    make_company()
    in_transaction(connection, make_moves, debtors)


def measure(folder, debtors):
    connection = connect(folder)
    milliseconds = in_transaction(connection, dun)
    made, overdue = in_transaction(connection, count)
    if made != overdue or not made:
        sys.exit(f'Tryton made {made} dunnings of {overdue} overdue invoices: the books are not as they should be')
    print(json.dumps({
        'debtors': debtors, 'overdue_invoices': overdue, 'cpu_ms_per_overdue_invoice': round(milliseconds / overdue, 4),
        'python': platform.python_version(), 'trytond': version('trytond')}))


def main(keep, debtors):
    """Makes the books when they are not there, and measures on a copy; each in a process of its own."""
    made_by = f'{version("trytond")} {debtors} {Path(__file__).read_text()}'
    books = keep / f'yardstick-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}.sqlite'

    def step(name, folder):
        done = subprocess.run([sys.executable, '-O', __file__, name, folder, str(debtors)])
        if done.returncode:
            sys.exit(f'the step "{name}" ended with {done.returncode}')

    with tempfile.TemporaryDirectory() as folder:
        file = configure(Path(folder))
        if not books.exists():
            step('make', folder)
            # all is in the one file that is copied
            sqlite3.connect(file).execute('PRAGMA wal_checkpoint(TRUNCATE)')
            shutil.copy(file, books.with_suffix('.part')).rename(books)
        shutil.copy(books, file)
        step('measure', folder)


if __name__ == '__main__':
    if __debug__ or len(sys.argv) < 2:
        sys.exit('run it as `python -O yardstick.py FOLDER [DEBTORS]`; without `-O` asserts are on')
    arguments = sys.argv[1:]
    steps = {'make': make_books, 'measure': measure}
    work = steps[arguments.pop(0)] if arguments[0] in steps else main
    work(Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1000)
