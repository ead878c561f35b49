//! The main job from beginning to end, and what a changed byte does to its record.

use serde_json::{Value, json};

use crate::support::{Installation, Kind, Platform, Spot};

const DEBTORS: u64 = 80;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_connect_sync_run_approve_send_explain_and_replay_on_sqlite() {
    main_job(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_connect_sync_run_approve_send_explain_and_replay_on_postgresql() {
    main_job(Kind::Postgres).await;
}

async fn main_job(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let platform = Platform::start(usize::try_from(DEBTORS).unwrap()).await;
    let installation = Installation::connected(kind, &platform).await;

    let read = installation.ask(&["sync"]).await;
    assert_eq!(read["new"], DEBTORS, "{read}");
    assert!(read["read"]["invoice"].as_u64().unwrap() > DEBTORS, "{read}");
    let again = installation.ask(&["sync"]).await;
    assert_eq!(
        (&again["facts"], &again["changed"]),
        (&json!(0), &json!([])),
        "{again}"
    );

    ask_before_reminders(&installation).await;
    let night = installation.ask(&["run", "--no-send"]).await;
    assert_eq!(night["run"]["decided"], DEBTORS, "{night}");
    assert_eq!(night["run"]["held"], json!({}), "{night}");
    let waiting = of_state(&installation, "waiting").await;
    assert!(waiting.len() > 5, "{night}");

    let first = waiting[0]["action"].as_str().unwrap();
    let rejected = installation
        .ask(&["reject", &first[..8], "--reason", "we spoke yesterday"])
        .await;
    assert_eq!(rejected["moved"], json!([first]));
    let approved = installation.ask(&["approve", "--all"]).await;
    assert_eq!(approved["moved"].as_array().unwrap().len(), waiting.len() - 1);
    assert_eq!(platform.practice.mails(), [], "approving sends nothing by itself");

    let ready = of_state(&installation, "queued").await;
    let sent = installation.ask(&["send"]).await;
    let mails = platform.practice.mails();
    assert_eq!(sent["sent"], mails.len(), "{sent}");
    let gone = of_state(&installation, "sent").await;
    assert_eq!(gone.len(), mails.len());
    assert!(
        gone.len() + 8 > ready.len() && gone.len() > 5,
        "{} of {}",
        gone.len(),
        ready.len()
    );
    for action in &gone {
        let id = action["action"].as_str().unwrap().replace('-', "");
        let mail = mails
            .iter()
            .find(|mail| mail.message_id.starts_with(&id))
            .unwrap();
        let number = action["what"]
            .as_str()
            .unwrap()
            .split_whitespace()
            .find(|word| word.contains("2026-"));
        assert!(mail.text().contains(number.unwrap()), "{action}: {}", mail.text());
    }
    let again = installation.ask(&["send"]).await;
    assert_eq!(again["sent"], 0, "{again}");

    explained(&installation, &gone[0], &waiting[0]).await;
    replayed(&installation).await;
}

/// Sets the workflow's automatic steps to ask first.
async fn ask_before_reminders(installation: &Installation) {
    let components = installation.ask(&["policy", "list"]).await;
    let component = components
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["slots"] == json!(["workflow"]))
        .unwrap();
    let presets = installation.workflow_settings().await;
    let settings = installation.path("settings.json");
    std::fs::write(
        &settings,
        presets.replace(r#""automation":"automatic""#, r#""automation":"approve""#),
    )
    .unwrap();
    let digest = component["digest"].as_str().unwrap();
    installation
        .ask(&[
            "policy",
            "use",
            "workflow",
            &digest[..12],
            "--settings",
            settings.to_str().unwrap(),
        ])
        .await;
}

async fn of_state(installation: &Installation, state: &str) -> Vec<Value> {
    let all = installation
        .ask(&["worklist", "--all", "--limit", "100000"])
        .await;
    all.as_array()
        .unwrap()
        .iter()
        .filter(|line| line["state"] == state)
        .cloned()
        .collect()
}

/// What was sent and what was rejected are both explained, with reasons.
async fn explained(installation: &Installation, sent: &Value, rejected: &Value) {
    for (action, state) in [(sent, "sent"), (rejected, "rejected")] {
        let explanation = installation
            .ask(&["explain", action["debtor"].as_str().unwrap()])
            .await;
        let actions = explanation["actions"].as_array().unwrap();
        let told = actions
            .iter()
            .any(|one| one["title"] == action["what"] && one["state"] == state);
        assert!(told, "{explanation}");
        assert!(explanation["decision"].is_string(), "{explanation}");
        assert!(
            !explanation["segment_reasons"].as_array().unwrap().is_empty(),
            "{explanation}"
        );
        let decision = explanation["decision"].as_str().unwrap();
        assert_eq!(
            installation.ask(&["replay", decision]).await,
            json!({ "replayed": 1, "identical": 1 })
        );
    }
}

/// All decisions are made again in another process, and each byte is the same; then bytes are changed.
async fn replayed(installation: &Installation) {
    let all = installation.number("SELECT count(*) FROM decision").await;
    assert!(all >= i64::try_from(DEBTORS).unwrap());
    assert_eq!(
        installation.ask(&["replay", "--all"]).await,
        json!({ "replayed": all, "identical": all })
    );

    let a_decision = "sealed_views IS NOT NULL ORDER BY batch, position LIMIT 1";
    let views = Spot {
        table: "decision",
        column: "sealed_views",
        row: a_decision,
        text: false,
    };
    let payload = Spot {
        column: "sealed_payload",
        ..views
    };
    for spot in [views, payload] {
        installation.flip(spot).await;
        let (different, counts) = differs(installation).await;
        assert_eq!(
            counts,
            json!({ "replayed": all, "identical": all - 1 }),
            "{spot:?}"
        );
        assert_eq!(different.len(), 1, "{different:?}");
        assert!(
            different[0]["different"]["why"][0]
                .as_str()
                .unwrap()
                .contains("was changed"),
            "{different:?}"
        );
        installation.flip(spot).await;
    }

    let settings = Spot {
        table: "deployment",
        column: "settings",
        row: "slot = 'workflow' ORDER BY number DESC LIMIT 1",
        text: true,
    };
    let component = Spot {
        table: "component",
        column: "bytes",
        row: "digest = (SELECT component FROM deployment WHERE slot = 'segmentation' ORDER BY number LIMIT 1)",
        text: false,
    };
    for (spot, slot, why) in [
        (settings, "workflow", "the settings"),
        (component, "segmentation", "the component"),
    ] {
        installation.flip(spot).await;
        let (different, counts) = differs(installation).await;
        assert_eq!(counts["replayed"], all, "{spot:?}");
        assert_eq!(
            counts["identical"],
            all - i64::try_from(different.len()).unwrap(),
            "{spot:?}"
        );
        assert!(!different.is_empty());
        for one in &different {
            assert_eq!(one["different"]["slot"], slot, "{one}");
            let told = one["different"]["why"][0].as_str().unwrap();
            assert!(
                told.starts_with(why) && told.contains("a byte was changed"),
                "{told}"
            );
        }
        eprintln!(
            "{}: {} decisions, each: {}",
            spot.column,
            different.len(),
            different[0]["different"]["why"]
        );
        installation.flip(spot).await;
    }
    assert_eq!(
        installation.ask(&["replay", "--all"]).await,
        json!({ "replayed": all, "identical": all })
    );
}

/// What a replay that finds differences tells, and its counts.
async fn differs(installation: &Installation) -> (Vec<Value>, Value) {
    let answer = installation.maan(&["--json", "replay", "--all"]).await;
    assert_eq!(answer.code, Some(6), "{}\n{}", answer.out, answer.err);
    let mut lines: Vec<Value> = answer
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let counts = lines.pop().unwrap();
    (lines, counts)
}
