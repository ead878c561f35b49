//! What was done is told to the platform, once, and only where the settings say so.

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn written_back_are_notes_of_what_was_sent_once_each_and_only_when_asked() {
    let platform = Platform::start(40).await;
    let silent = Installation::connected(Kind::Sqlite, &platform).await;
    silent.ask(&["run"]).await;
    assert!(!platform.practice.mails().is_empty());
    assert!(platform.notes().await.is_empty());

    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let answer = installation.maan(&["settings", "write_back=nothing"]).await;
    assert!(
        answer.code == Some(1) && answer.err.contains("promised-dates"),
        "{answer:?}"
    );
    installation.ask(&["settings", "write_back=notes"]).await;
    let night = installation.ask(&["run"]).await;
    let sent = night["sent"]["sent"].as_u64().unwrap();
    assert!(sent > 0 && night["written_back"]["written"] == sent, "{night}");
    let notes = platform.notes().await;
    assert_eq!(notes.len() as u64, sent, "{notes:?}");
    assert!(
        notes.iter().all(|note| note.contains("by e-mail, 2026-11-20")),
        "{notes:?}"
    );
    installation.wait(310);
    let again = installation.ask(&["run"]).await;
    assert_eq!(again["written_back"]["written"], 0, "{again}");
    assert_eq!(platform.notes().await.len(), notes.len());
    // one that was broken off while it was written is told to a person and not written again
    let mut file = installation.file().await;
    sqlx::query(
        "UPDATE write_back SET state = 'writing', not_before = 0 WHERE id = (SELECT min(id) FROM write_back)",
    )
    .execute(&mut file)
    .await
    .unwrap();
    let told = installation.ask(&["run", "--no-sync"]).await;
    assert_eq!(
        told["written_back"]["unknown"].as_array().unwrap().len(),
        1,
        "{told}"
    );
    assert_eq!(platform.notes().await.len(), notes.len());
    // switched off, and what was done meanwhile is not told later
    installation.ask(&["settings", "write_back="]).await;
    installation.ask(&["run", "--no-sync"]).await;
    assert_eq!(
        installation.number("SELECT count(*) FROM write_back_start").await,
        0
    );
}
