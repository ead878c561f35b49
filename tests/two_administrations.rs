//! Administrations side by side: each with its own policies, none sees another.

use serde_json::{Value, json};

use crate::support::{Installation, Kind, Platform, Spot};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_6_flow_7_each_administration_uses_its_own_policies_and_sees_only_itself_on_sqlite() {
    side_by_side(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_6_flow_7_each_administration_uses_its_own_policies_and_sees_only_itself_on_postgresql() {
    side_by_side(Kind::Postgres).await;
}

async fn side_by_side(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let platform = Platform::with(&[("Noord", 80), ("Zuid", 150)]).await;
    let installation = Installation::new(kind).await;
    installation.mails_to(&platform.practice);
    installation
        .connect(&platform, &[])
        .await
        .problem(3, &["--choose", "`Noord`, `Zuid`"]);
    installation
        .connect(&platform, &["--choose", "Noord", "--preset", "process"])
        .await
        .good();
    installation
        .connect(&platform, &["--choose", "Zuid", "--preset", "strict"])
        .await
        .good();
    installation
        .maan(&["run"])
        .await
        .problem(3, &["-a", "`Noord`, `Zuid`"]);
    let version = other_version(&installation).await;

    let mut worklists = Vec::new();
    for (name, debtors) in [("Noord", 80), ("Zuid", 150)] {
        let night = installation.ask(&["-a", name, "run", "--no-send"]).await;
        assert_eq!(night["run"]["decided"], debtors, "{night}");
        let list = installation
            .ask(&["-a", name, "worklist", "--all", "--limit", "1000"])
            .await;
        worklists.push(list.as_array().unwrap().clone());
    }
    let (noord, zuid) = (&worklists[0], &worklists[1]);
    let levels = |list: &[Value], title: &str| {
        list.iter()
            .filter(|line| line["what"].as_str().unwrap().starts_with(title))
            .count()
    };
    assert!(levels(noord, "first reminder") > 0 && levels(zuid, "first reminder") > 0);
    assert_ne!(
        noord.len(),
        zuid.len(),
        "the presets differ, and so do the portfolios"
    );

    let names = |list: &[Value]| -> Vec<String> {
        list.iter()
            .map(|line| line["debtor"].as_str().unwrap().to_owned())
            .collect()
    };
    let of_zuid = zuid
        .iter()
        .find(|line| !names(noord).contains(&line["debtor"].as_str().unwrap().to_owned()));
    let of_zuid = of_zuid.unwrap();
    let (action, debtor) = (
        of_zuid["action"].as_str().unwrap(),
        of_zuid["debtor"].as_str().unwrap(),
    );
    assert!(noord.iter().all(|line| line["action"] != action));
    installation
        .maan(&["-a", "Noord", "explain", debtor])
        .await
        .problem(3, &["no debtor"]);
    installation
        .maan(&["-a", "Noord", "approve", action])
        .await
        .problem(3, &["no action", "worklist"]);
    installation
        .maan(&["-a", "Noord", "reject", action, "--reason", "no"])
        .await
        .problem(3, &["no action"]);
    let decision = installation.ask(&["-a", "Zuid", "explain", debtor]).await["decision"].clone();
    let elsewhere = installation
        .maan(&["-a", "Noord", "--json", "replay", decision.as_str().unwrap()])
        .await;
    assert_eq!(elsewhere.code, Some(6), "{}", elsewhere.out);
    assert!(elsewhere.out.contains("not in the database"), "{}", elsewhere.out);

    each_its_own_component(&installation, &version).await;
}

/// Gives Zuid another version of the workflow component; its digest.
async fn other_version(installation: &Installation) -> String {
    let policies = std::env::var("MAAN_POLICIES")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/policies").to_owned());
    let mut bytes = std::fs::read(format!("{policies}/workflow.wasm")).expect("cargo xtask policies");
    // a custom section: the same behaviour under another digest
    let note = b"the same policy as before, published once more under a name of its own";
    bytes.extend([0, 6 + note.len() as u8, 5]);
    bytes.extend(b"about");
    bytes.extend(note);
    let file = installation.path("workflow-2.wasm");
    std::fs::write(&file, bytes).unwrap();
    let installed = installation
        .ask(&["policy", "install", file.to_str().unwrap()])
        .await;
    let digest = installed["digest"].as_str().unwrap().to_owned();
    let used = [
        "-a", "Zuid", "policy", "use", "workflow", &digest, "--preset", "strict", "--why", "try",
    ];
    installation.ask(&used).await;
    let list = installation.ask(&["policy", "list"]).await;
    let users = |digest: &str| {
        let mut found = list
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["digest"] == digest);
        found.next().unwrap()["used_by"].clone()
    };
    assert_eq!(users(&digest), json!(["Zuid"]), "{list}");
    digest
}

/// With a byte of Zuid's component changed, Zuid's decisions cannot be repeated and all of Noord's can.
async fn each_its_own_component(installation: &Installation, digest: &str) {
    let newest = Spot {
        table: "component",
        column: "bytes",
        row: "digest = (SELECT component FROM deployment WHERE why = 'try')",
        text: false,
    };
    installation.flip(newest).await;
    let answer = installation.maan(&["--json", "replay", "--all"]).await;
    assert_eq!(answer.code, Some(6), "{}", answer.err);
    assert_eq!(answer.json(), json!({ "replayed": 230, "identical": 80 }));
    let different = answer
        .out
        .lines()
        .filter(|line| line.contains("different"))
        .count();
    assert_eq!(different, 150);
    assert!(
        answer.out.contains(&digest[..8]),
        "{}",
        answer.out.lines().next().unwrap()
    );
}
