use maan_ledger::Moment;
use maan_store::{Component, NewDeployment, Slot, StoreError};

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    components_are_kept_under_their_digest,
    the_newest_deployment_of_a_slot_is_in_force,
    settings_of_an_administration_are_replaced_whole,
);

fn deployment(slot: Slot, component: u8, settings: &str) -> NewDeployment {
    NewDeployment {
        slot,
        component: [component; 32],
        settings: settings.into(),
        settings_digest: *blake3::hash(settings.as_bytes()).as_bytes(),
        who: "anna".into(),
        why: "first".into(),
    }
}

async fn components_are_kept_under_their_digest(f: Fixture) {
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    f.store.put_component([2; 32], &bytes, "{}", NOW).await.unwrap();
    f.store
        .put_component([1; 32], b"wasm", "{}", Moment(NOW.0 + 1))
        .await
        .unwrap();
    f.store
        .put_component([1; 32], b"wasm", "{}", Moment(NOW.0 + 2))
        .await
        .unwrap();
    assert_eq!(f.store.components().await.unwrap(), [[2; 32], [1; 32]]);
    let component = Component {
        digest: [2; 32],
        bytes,
        manifest_json: "{}".into(),
    };
    assert_eq!(f.store.component([2; 32]).await.unwrap(), Some(component));
    assert_eq!(f.store.component([3; 32]).await.unwrap(), None);
}

async fn the_newest_deployment_of_a_slot_is_in_force(f: Fixture) {
    let store = f.own();
    f.store.put_component([1; 32], b"one", "{}", NOW).await.unwrap();
    f.store.put_component([2; 32], b"two", "{}", NOW).await.unwrap();
    let unknown = store.deploy(deployment(Slot::Statute, 3, "{}"), NOW).await;
    assert!(matches!(unknown, Err(StoreError::UnknownComponent(digest)) if digest.0 == [3; 32]));
    assert!(store.deployments().await.unwrap().is_empty());

    let first = store
        .deploy(deployment(Slot::Workflow, 1, "{}"), NOW)
        .await
        .unwrap();
    assert_eq!((first.number, first.slot, first.at), (1, Slot::Workflow, NOW));
    let statute = store
        .deploy(deployment(Slot::Statute, 1, "{}"), NOW)
        .await
        .unwrap();
    let second = store
        .deploy(deployment(Slot::Workflow, 2, r#"{"preset":"strict"}"#), NOW)
        .await
        .unwrap();
    assert_eq!(
        store.deployments().await.unwrap(),
        [second.clone(), statute.clone()]
    );
    let back = store
        .deploy(deployment(Slot::Workflow, 1, "{}"), NOW)
        .await
        .unwrap();
    assert_eq!(
        store.deployments().await.unwrap(),
        [back.clone(), statute.clone()]
    );
    assert_eq!(
        store.deployment_history().await.unwrap(),
        [first, statute, second.clone(), back]
    );
    let settings = store.deployment_settings(second.settings_digest).await.unwrap();
    assert_eq!(settings.as_deref(), Some(r#"{"preset":"strict"}"#));
    assert_eq!(store.deployment_settings([0; 32]).await.unwrap(), None);
}

async fn settings_of_an_administration_are_replaced_whole(f: Fixture) {
    let mut changed = settings();
    changed.stop_all = true;
    f.own().set_settings(&changed).await.unwrap();
    assert_eq!(f.own().settings().await.unwrap(), changed);
    assert_eq!(f.store.tenants().await.unwrap()[0].settings, changed);
    let wrong = maan_store::TenantSettings {
        zone: "Nowhere".into(),
        ..changed.clone()
    };
    assert!(matches!(
        f.own().set_settings(&wrong).await,
        Err(StoreError::Invalid { .. })
    ));
    assert!(f.store.create_tenant("x", &wrong).await.is_err());
    assert_eq!(f.own().settings().await.unwrap(), changed);
}
