use maan_connectors::tryton;
use maan_dialects::tryton::{DATABASE, Tryton};

use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &tryton::CONNECTOR,
    dialect: || Box::new(Tryton),
    parameters: &[("database", DATABASE)],
    // parties, invoices, sales and money that was not used: a list and the records of each
    first_calls: 8,
    quiet_calls: 4,
    message: None,
};

#[tokio::test]
async fn tryton_conforms() {
    conforms(&SUBJECT).await;
}
