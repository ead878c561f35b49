//! What a person does: calls, letters that must be provable with their copies, and what waits until it is done.

mod promises;

use serde_json::Value;

use crate::support::{Installation, Kind, Platform, mailbox};

/// A consumer with an invoice that asks for its formal notice and another for its first reminder, a consumer without an
/// address for letters, and a company to be called.
const LIST: &str = "\
debtor-number;debtor-name;debtor-kind;email;phone;street;postal-code;city;invoice-number;invoice-date;due-date;amount;open-amount
100;J. de Boer;consumer;deboer@example.com;;Dorpsstraat 1;1234 AB;Delft;2026-0001;2026-09-01;2026-10-01;240.00;240.00
100;J. de Boer;consumer;deboer@example.com;;Dorpsstraat 1;1234 AB;Delft;2026-0002;2026-10-01;2026-10-31;80.00;80.00
200;P. Smit;consumer;smit@example.com;;;;;2026-0003;2026-09-01;2026-10-01;240.00;240.00
200;P. Smit;consumer;smit@example.com;;;;;2026-0004;2026-10-01;2026-10-31;80.00;80.00
300;Jansen BV;business;jansen@example.com;+31201234567;;;;2026-0005;2026-09-01;2026-10-01;1000.00;1000.00
";

const HISTORY: &str = "\
debtor-number;invoice-number;event;event-date;channel
100;2026-0001;reminder-1;2026-10-15;email
100;2026-0001;call;2026-11-02;phone
200;2026-0003;reminder-1;2026-10-15;email
200;2026-0003;call;2026-11-02;phone
300;2026-0005;reminder-1;2026-10-15;email
";

/// An administration from files that mails to a server of its own.
struct Desk {
    installation: Installation,
    mailbox: Platform,
}

impl Desk {
    async fn new(kind: Kind) -> Self {
        let (installation, mailbox) = (Installation::new(kind).await, mailbox().await);
        installation.mails_to(&mailbox.practice);
        let desk = Self {
            installation,
            mailbox,
        };
        desk.import(LIST, &["--new", "Zonneveld"]).await;
        desk.ask(&["settings", "sender_address=els@zonneveld.example"])
            .await;
        desk.import(HISTORY, &[]).await;
        desk
    }

    /// The registers know nothing of the consumers, and the night decided.
    async fn after_the_night(kind: Kind) -> Self {
        let desk = Self::new(kind).await;
        for debtor in ["100", "200"] {
            for register in ["cir", "ccbr"] {
                desk.ask(&["register", debtor, register, "nothing"]).await;
            }
        }
        desk.ask(&["run"]).await;
        desk
    }

    async fn import(&self, content: &str, rest: &[&str]) {
        let file = self.installation.path("table.csv");
        std::fs::write(&file, content).unwrap();
        let mut arguments = vec!["import", file.to_str().unwrap()];
        arguments.extend(rest);
        self.ask(&arguments).await;
    }

    async fn ask(&self, arguments: &[&str]) -> Value {
        self.installation.ask(arguments).await
    }

    /// All actions whose line begins so.
    async fn actions(&self, what: &str) -> Vec<Value> {
        let all = self.ask(&["worklist", "--all", "--limit", "1000"]).await;
        let begins = |line: &&Value| line["what"].as_str().unwrap().starts_with(what);
        all.as_array().unwrap().iter().filter(begins).cloned().collect()
    }

    /// The one action whose line begins so.
    async fn action(&self, what: &str) -> Value {
        let found = self.actions(what).await;
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        found[0].clone()
    }

    /// The formal notice of the first consumer was posted; answers what was told of it.
    async fn post(&self) -> Value {
        let letter = self.action("formal notice: 2026-0001").await;
        self.ask(&["done", id(&letter), "--proof"]).await
    }

    fn mails_to(&self, address: &str) -> Vec<String> {
        let mails = self.mailbox.practice.mails();
        let to = mails.iter().filter(|mail| mail.to.iter().any(|to| to == address));
        to.map(|mail| mail.text()).collect()
    }

    async fn exported_events(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("all");
        self.ask(&["export", to.to_str().unwrap()]).await;
        std::fs::read_to_string(to.join("events.csv")).unwrap()
    }
}

fn id(action: &Value) -> &str {
    action["action"].as_str().unwrap()
}

/// Words without the line breaks of a mail.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_3_a_posted_letter_is_followed_by_its_copy_once_on_sqlite() {
    a_copy_follows_once(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_3_a_posted_letter_is_followed_by_its_copy_once_on_postgresql() {
    a_copy_follows_once(Kind::Postgres).await;
}

async fn a_copy_follows_once(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let desk = Desk::after_the_night(kind).await;
    let letter = desk.action("formal notice: 2026-0001").await;
    assert_eq!(
        (&letter["state"], &letter["channel"], &letter["copy"]),
        (&"to-do".into(), &"letter".into(), &"email".into()),
        "{letter}"
    );
    let page = desk.installation.maan(&["worklist"]).await.good().out;
    assert!(words(&page).contains("a copy by e-mail"), "{page}");
    let page = desk.installation.maan(&["explain", "100"]).await.good().out;
    let told = words(&page);
    for line in [
        "met een kopie per e-mail",
        "zodra de brief op de post is, gaat een kopie per e-mail",
    ] {
        assert!(told.contains(line), "`{line}` is not in {page}");
    }
    let text = desk.ask(&["text", id(&letter)]).await;
    assert_eq!(desk.mails_to("deboer@example.com"), Vec::<String>::new());

    let done = desk.post().await;
    assert_eq!(done["copy"]["channel"], "email", "{done}");
    let again = desk.installation.maan(&["done", id(&letter)]).await;
    again.problem(3, &["done", "left alone"]);
    desk.ask(&["run", "--no-send"]).await;
    let copy = desk.action("copy of the formal notice: 2026-0001").await;
    assert_eq!(
        copy["state"], "queued",
        "the next decision leaves it alone: {copy}"
    );
    assert_eq!(copy["action"], done["copy"]["action"]);

    let sent = desk.ask(&["send"]).await;
    assert_eq!(sent["sent"], 1, "{sent}");
    let mails = desk.mails_to("deboer@example.com");
    let line = "Dit is een kopie van de brief die wij op 20 november 2026 per post hebben verstuurd.";
    let body = text["body"].as_str().unwrap();
    assert_eq!(mails.len(), 1);
    assert_eq!(words(&mails[0]), words(&format!("{line} {body}")));
    let events = desk.exported_events().await;
    assert!(events.contains("formal-notice,2026-11-20,letter,yes"), "{events}");
    assert_eq!(
        events.matches("formal-notice,").count(),
        1,
        "a copy is no step: {events}"
    );

    desk.installation.wait(24 * 60 * 60 * 3);
    desk.ask(&["run"]).await;
    let copies = desk.actions("copy of ").await;
    assert_eq!(copies.len(), 1, "{copies:?}");
    let notices = desk.actions("formal notice: 2026-0001").await;
    assert_eq!(notices.len(), 1, "it is not proposed again: {notices:?}");
    let again = desk.mails_to("deboer@example.com");
    let is_copy = |text: &&String| text.contains("Dit is een kopie");
    assert_eq!(again.iter().filter(is_copy).count(), 1);
    desk.ask(&["replay", "--all"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_3_the_copy_stays_home_when_all_was_paid_meanwhile() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    desk.post().await;
    let paid = LIST
        .lines()
        .filter(|line| !line.contains("2026-0002"))
        .collect::<Vec<_>>();
    let paid = paid.join("\n").replace("240.00;240.00", "240.00;0.00");
    desk.import(&paid, &[]).await;
    let sent = desk.ask(&["send"]).await;
    let copy = desk.action("copy of the formal notice: 2026-0001").await;
    assert_eq!(copy["state"], "withdrawn", "{sent}");
    let withdrawn = sent["withdrawn"].to_string();
    assert!(
        withdrawn.contains(id(&copy)) && withdrawn.contains("paid on"),
        "{sent}"
    );
    assert!(
        !desk
            .mails_to("deboer@example.com")
            .iter()
            .any(|mail| mail.contains("een kopie"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_1_what_a_legal_situation_stops_and_what_goes_on_after_it() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    desk.post().await;
    let told = desk
        .installation
        .maan(&[
            "legal",
            "100",
            "bankruptcy",
            "--since",
            "2026-11-20",
            "--file-claim-by",
            "2026-12-18",
            "--source",
            "cir",
        ])
        .await
        .good();
    assert!(told.out.contains("bankruptcy since 2026-11-20"), "{}", told.out);
    let night = desk.ask(&["run"]).await;
    let copy = desk.action("copy of the formal notice: 2026-0001").await;
    assert_eq!(copy["state"], "withdrawn", "{night}");
    assert!(
        night["settled"].to_string().contains("nothing may be asked"),
        "{night}"
    );
    assert_eq!(desk.mails_to("deboer@example.com"), Vec::<String>::new());
    let explained = desk.ask(&["explain", "100"]).await;
    let steps = explained["outcome"]["steps"].as_array().unwrap();
    let going = steps.iter().filter(|step| step.get("stopped").is_none());
    let tasks: Vec<_> = going
        .map(|step| step["task"].as_str().unwrap_or("no task"))
        .collect();
    assert_eq!(tasks, ["file-claim"], "{explained}");
    assert!(explained.to_string().contains("20 november 2026"), "{explained}");

    // it ended yesterday
    desk.installation.wait(24 * 60 * 60 * 5);
    desk.ask(&[
        "legal",
        "100",
        "bankruptcy",
        "--since",
        "2026-11-20",
        "--until",
        "2026-11-24",
    ])
    .await;
    let night = desk.ask(&["run", "--no-send"]).await;
    let reminder = desk.actions("first reminder: 2026-0002").await;
    assert!(
        reminder.iter().any(|line| line["state"] == "queued"),
        "the flow goes on: {night} {reminder:?}"
    );
    for (arguments, code, words) in [
        (
            &["legal", "nobody", "bankruptcy", "--since", "2026-11-20"][..],
            3,
            "no debtor is known as `nobody`",
        ),
        (
            &["legal", "100", "broke", "--since", "2026-11-20"],
            1,
            "`broke` is not one of bankruptcy",
        ),
    ] {
        desk.installation.maan(arguments).await.problem(code, &[words]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_1_a_formal_step_waits_for_what_the_registers_answer() {
    let desk = Desk::new(Kind::Sqlite).await;
    desk.ask(&["run", "--no-send"]).await;
    let state = |lines: Vec<Value>| lines.iter().map(|line| line["state"].clone()).collect::<Vec<_>>();
    assert_eq!(
        state(desk.actions("formal notice: 2026-0001").await),
        ["vetoed"],
        "nobody was asked"
    );
    let asked = desk.actions("task, ask register").await;
    assert_eq!(asked.len(), 2, "one for each consumer: {asked:?}");

    for (register, answer, says, stands) in [
        ("cir", "nothing", "knows nothing today", "vetoed"),
        ("ccbr", "no-answer", "gave no answer. Formal steps wait", "vetoed"),
        ("ccbr", "entry", "record it with `maan legal`", "vetoed"),
        ("ccbr", "nothing", "knows nothing today", "to-do"),
    ] {
        let told = desk
            .installation
            .maan(&["register", "100", register, answer])
            .await
            .good();
        assert!(told.out.contains(says), "{}", told.out);
        desk.ask(&["run", "--no-send"]).await;
        let notices = state(desk.actions("formal notice: 2026-0001").await);
        assert_eq!(notices, [stands], "{register} {answer}");
    }
    let notices = state(desk.actions("formal notice: 2026-0003").await);
    assert_eq!(
        notices,
        ["vetoed"],
        "the other consumer's registers were not asked"
    );

    for (arguments, code, words) in [
        (
            &["register", "100", "regsol", "nothing"][..],
            3,
            "there are: cir (Centraal Insolventieregister), ccbr",
        ),
        (
            &["register", "100", "cir", "clean"],
            1,
            "`clean` is not one of nothing, entry or no-answer",
        ),
        (
            &["register", "999", "cir", "nothing"],
            3,
            "no debtor is known as `999`",
        ),
    ] {
        desk.installation.maan(arguments).await.problem(code, &[words]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_4_a_call_has_an_outcome_and_is_made_once() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    let call = desk.action("call: 2026-0005").await;
    for (arguments, code, words) in [
        (&["done", id(&call)][..], 1, "say what came of the call"),
        (
            &["done", id(&call), "--outcome", "reached", "--proof"],
            1,
            "leave `--proof` out",
        ),
        (
            &["done", "ffffffff-none", "--outcome", "reached"],
            3,
            "there is no action",
        ),
    ] {
        desk.installation.maan(arguments).await.problem(code, &[words]);
    }
    let wrong = desk
        .installation
        .maan(&["done", id(&call), "--outcome", "splendid"])
        .await;
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    let letter = desk.action("formal notice: 2026-0001").await;
    let wrong = desk
        .installation
        .maan(&["done", id(&letter), "--outcome", "reached"])
        .await;
    wrong.problem(1, &["only a call has an outcome"]);
    assert_eq!(
        desk.action("call: 2026-0005").await["state"],
        "to-do",
        "nothing was kept"
    );

    let done = desk.ask(&["done", id(&call), "--outcome", "cannot-pay"]).await;
    assert_eq!(done["copy"], Value::Null, "{done}");
    let events = desk.exported_events().await;
    assert!(events.contains("call1,2026-11-20,phone,no"), "{events}");
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(desk.action("call: 2026-0005").await["state"], "done");
    let explained = desk.ask(&["explain", "300"]).await;
    assert!(
        explained["actions"].to_string().contains("plan offer: 2026-0005"),
        "what was said counts: {explained}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_16_what_waits_behind_a_formal_notice_is_named_until_a_person_has_dealt_with_it() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    for (notice, state, number, debtor, why) in [
        (
            "formal notice: 2026-0001",
            "to-do",
            "2026-0002",
            "100",
            "eerste herinnering 2026-0002: wacht sinds 20 november 2026 tot u klaar bent met ingebrekestelling",
        ),
        (
            "formal notice: 2026-0003",
            "waiting",
            "2026-0004",
            "200",
            "eerste herinnering 2026-0004: wacht sinds 20 november 2026 op uw goedkeuring van ingebrekestelling",
        ),
    ] {
        let notice = desk.action(notice).await;
        assert_eq!(notice["state"], state);
        assert_eq!(notice["also_overdue"], serde_json::json!([number]), "{notice}");
        assert_eq!(notice["since"], "2026-11-20");
        let explained = desk.ask(&["explain", debtor]).await;
        let waits = explained["waits"].as_array().unwrap();
        assert_eq!(waits.len(), 1, "{explained}");
        assert_eq!(
            (&waits[0]["action"], waits[0]["words"].as_str()),
            (&notice["action"], Some(why))
        );
        assert!(!explained["next_look"].is_null(), "{explained}");
        let page = desk.installation.maan(&["explain", debtor]).await.good().out;
        assert!(words(&page).contains(why), "{page}");
    }

    // a week later nobody has looked: by now the registers must be asked again first, and what is stopped silences
    // nothing else
    desk.installation.wait(24 * 60 * 60 * 7);
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(desk.action("formal notice: 2026-0003").await["state"], "vetoed");
    assert_eq!(desk.action("first reminder: 2026-0004").await["state"], "queued");
    let explained = desk.ask(&["explain", "200"]).await;
    assert_eq!(explained["waits"], serde_json::json!([]), "{explained}");
    for register in ["cir", "ccbr"] {
        desk.ask(&["register", "200", register, "nothing"]).await;
    }
    desk.ask(&["run", "--no-send"]).await;

    // one that was rejected rests, and silences nothing else
    assert_eq!(desk.action("first reminder: 2026-0004").await["state"], "vetoed");
    let notice = desk.action("formal notice: 2026-0003").await;
    assert_eq!(
        (&notice["state"], &notice["since"]),
        (&"waiting".into(), &"2026-11-27".into())
    );
    desk.ask(&["reject", id(&notice), "--reason", "we talk first"])
        .await;
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(desk.action("formal notice: 2026-0003").await["state"], "rejected");
    assert_eq!(desk.action("first reminder: 2026-0004").await["state"], "queued");
    let explained = desk.ask(&["explain", "200"]).await;
    assert_eq!(explained["waits"], serde_json::json!([]), "{explained}");
    let steps = explained["outcome"]["steps"].to_string();
    assert!(
        steps.contains("2026-0004") && !steps.contains("2026-0003"),
        "{explained}"
    );
}
