use maan_store::{HostKey, Store, StoreError};

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(what_was_written_is_there_after_opening_again,);

async fn what_was_written_is_there_after_opening_again(f: Fixture) {
    known_debtors(&f.own(), 3).await;
    let again = Store::open(&f.url, &f.key).await.unwrap();
    assert_eq!(again.tenants().await.unwrap()[0].id, f.tenant);
    assert_eq!(again.tenant(f.tenant).facts(debtor(2)).await.unwrap(), [fact(1)]);
    let wrong = Store::open(&f.url, &HostKey::generate()).await;
    assert!(matches!(wrong, Err(StoreError::WrongHostKey(_))));
}
