use maan_connectors::odoo;
use maan_dialects::odoo::{DATABASE, Odoo};

use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &odoo::CONNECTOR,
    dialect: || Box::new(Odoo),
    parameters: &[("database", DATABASE)],
    // partners, invoices, matches, sales and open money: a list and the records of each, and the rows of invoices and
    // matches
    first_calls: 12,
    quiet_calls: 5,
    message: None,
};

#[tokio::test]
async fn odoo_conforms() {
    conforms(&SUBJECT).await;
}
