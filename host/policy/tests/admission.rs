//! What does not get through the door, and what the message says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use std::time::Duration;

use maan_policy_host::{Limits, PolicyError, Refusal, Stop};
use proptest::prelude::*;
use support::hostile;

fn refusal(bytes: &[u8]) -> Refusal {
    refusal_within(bytes, Limits::default())
}

fn refusal_within(bytes: &[u8], limits: Limits) -> Refusal {
    let error = support::host_with(limits).host.admit(bytes).unwrap_err();
    let digest = maan_policy_host::Digest::of(bytes).short();
    assert!(error.to_string().contains(&digest), "{error}");
    match error {
        PolicyError::Refused { refusal, .. } => refusal,
        other => panic!("{other}"),
    }
}

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

/// A component whose core modules are `modules`; it exports what looks like a manifest and a slot.
fn looks_like_a_policy(modules: &str) -> Vec<u8> {
    wat(&format!(
        r#"(component
            {modules}
            (core module $last (func (export "describe")))
            (core instance $instance (instantiate $last))
            (func $describe (canon lift (core func $instance "describe")))
            (instance $exports (export "describe" (func $describe)))
            (export "maan:policy/manifest@0.2.0" (instance $exports))
            (export "maan:policy/segmentation@0.2.0" (instance $exports)))"#
    ))
}

#[test]
fn an_import_of_wasi_is_named() {
    let bytes =
        wat(r#"(component (import "wasi:clocks/wall-clock@0.2.0" (instance (export "now" (func)))))"#);
    let refusal = refusal(&bytes);
    assert!(
        refusal.to_string().contains("`wasi:clocks/wall-clock@0.2.0`"),
        "{refusal}"
    );
    assert!(refusal.to_string().contains("WASI"), "{refusal}");
}

#[test]
fn an_unknown_import_is_named() {
    for import in [
        "acme:rates/rates@1.0.0",
        "maan:policy/rates@0.2.0",
        "maan:policy/types@0.3.0",
        "maan:policy/types@0.1.0",
        "log",
    ] {
        let bytes = wat(&format!(r#"(component (import "{import}" (instance)))"#));
        let refusal = refusal(&bytes);
        assert!(
            matches!(&refusal, Refusal::Import { name, .. } if name == import),
            "{refusal}"
        );
    }
    let function = wat(r#"(component (import "clock" (func (result u64))))"#);
    assert!(matches!(refusal(&function), Refusal::Import { name, .. } if name == "clock"));
}

#[test]
fn the_contracts_types_may_hold_types_only() {
    let function =
        r#"(component (import "maan:policy/types@0.2.0" (instance (export "now" (func (result s32))))))"#;
    let resource =
        r#"(component (import "maan:policy/types@0.2.3" (instance (export "r" (type (sub resource))))))"#;
    for text in [function, resource] {
        let refusal = refusal(&wat(text));
        assert!(
            refusal.to_string().contains("functions or resources"),
            "{refusal}"
        );
    }
    let types = r#"(component (import "maan:policy/types@0.2.3" (instance (type s32) (export "day" (type (eq 0))))))"#;
    assert!(
        matches!(refusal(&wat(types)), Refusal::MissingExport(_)),
        "types alone are fine"
    );
}

#[test]
fn manifest_and_a_slot_must_be_exported() {
    assert!(
        matches!(refusal(&wat("(component)")), Refusal::MissingExport(what) if what.contains("manifest"))
    );
    let manifest_only = r#"(component (instance $i) (export "maan:policy/manifest@0.2.0" (instance $i)))"#;
    assert!(
        matches!(refusal(&wat(manifest_only)), Refusal::MissingExport(what) if what.contains("segmentation"))
    );
}

#[test]
fn interfaces_of_another_shape_are_refused() {
    let refusal = refusal(&looks_like_a_policy(""));
    assert!(
        matches!(
            &refusal,
            Refusal::Interface(_) | Refusal::Stopped(Stop::Malformed(_))
        ),
        "{refusal:?}"
    );
}

#[test]
fn a_core_module_is_told_to_become_a_component() {
    assert_eq!(refusal(&wat("(module)")), Refusal::CoreModule);
}

#[test]
fn a_component_beyond_the_size_limit_is_refused() {
    let limits = Limits {
        component_bytes: 1_000,
        ..Limits::default()
    };
    assert!(matches!(
        refusal_within(&hostile::benign(), limits),
        Refusal::TooLarge { limit: 1_000, .. }
    ));
}

#[test]
fn threads_and_processor_dependent_instructions_are_refused() {
    let shared = r#"(component (core module (memory 1 1 shared)))"#;
    let relaxed = r#"(component (core module (func (param v128) (result v128)
        (i32x4.relaxed_trunc_f32x4_s (local.get 0)))))"#;
    for text in [shared, relaxed] {
        assert!(matches!(refusal(&wat(text)), Refusal::Invalid(_)));
    }
}

#[test]
fn a_start_function_that_loops_runs_out_of_fuel() {
    let looping =
        "(core module $m (func $spin (loop (br 0))) (start $spin)) (core instance (instantiate $m))";
    assert!(matches!(
        refusal(&looks_like_a_policy(looping)),
        Refusal::Stopped(Stop::Fuel { .. })
    ));
}

#[test]
fn memory_counts_in_all_memories_and_tables_together() {
    let memories = |mib: usize| {
        let pages = mib * 16;
        format!(
            "(core module $m (memory {pages})) (core instance (instantiate $m)) (core instance (instantiate $m))"
        )
    };
    assert_eq!(
        refusal(&looks_like_a_policy(&memories(40))),
        Refusal::Stopped(Stop::Memory { limit: 64 << 20 })
    );
    let both_fit = refusal(&looks_like_a_policy(&memories(30)));
    assert!(
        !matches!(both_fit, Refusal::Stopped(Stop::Memory { .. })),
        "{both_fit}"
    );
    let table = r#"(core module $m (table 0 32000 funcref)
        (func $grow (drop (table.grow 0 (ref.null func) (i32.const 32000)))) (start $grow))
        (core instance (instantiate $m)) (core instance (instantiate $m)) (core instance (instantiate $m))"#;
    let limits = Limits {
        memory: 600_000,
        ..Limits::default()
    };
    let tables = refusal_within(&looks_like_a_policy(table), limits);
    assert_eq!(tables, Refusal::Stopped(Stop::Memory { limit: 600_000 }));
}

/// A function that is quick to read and slow to compile: many jumps between many places, many values alive.
fn compile_bomb() -> Vec<u8> {
    const PLACES: usize = 1_000;
    const JUMPS: usize = 300;
    const LOCALS: usize = 200;
    let targets: Vec<String> = (0..PLACES).map(|i| i.to_string()).collect();
    let jump = format!(
        "block (br_if 0 (local.get 0)) (br_table {} (local.get 0)) end ",
        targets.join(" ")
    );
    let work = |i: usize| {
        format!(
            "(local.set {} (i32.add (local.get {}) (i32.const 7))) ",
            i % LOCALS + 1,
            i % 7
        )
    };
    let jumps: String = (0..JUMPS).map(|i| work(i) + &jump).collect();
    let ends: String = (0..PLACES).map(|i| format!("end {}", work(i))).collect();
    let open = "loop ".repeat(PLACES);
    let locals = "i32 ".repeat(LOCALS);
    looks_like_a_policy(&format!(
        "(core module (func (param i32) (local {locals}) {open} {jumps} {ends}))"
    ))
}

#[test]
fn a_compile_bomb_ends_at_the_limit_of_processor_time() {
    let limits = Limits {
        compile_cpu_seconds: 1,
        ..Limits::default()
    };
    let refusal = refusal_within(&compile_bomb(), limits);
    assert_eq!(
        refusal,
        Refusal::CompileLimit("1 seconds of processor time".into())
    );
}

#[test]
fn a_component_that_takes_much_memory_to_compile_ends_at_the_limit() {
    let data = "x".repeat(24 << 20);
    let large = looks_like_a_policy(&format!(
        "(core module (memory 400) (data (i32.const 0) \"{data}\"))"
    ));
    let limits = Limits {
        compile_memory: 72 << 20,
        ..Limits::default()
    };
    let refusal = refusal_within(&large, limits);
    assert_eq!(
        refusal,
        Refusal::CompileLimit(format!("{} bytes of memory", 72 << 20))
    );
}

#[test]
fn a_compiler_that_hangs_is_ended() {
    let limits = Limits {
        compile_wall: Duration::from_millis(50),
        ..Limits::default()
    };
    let refusal = refusal_within(&compile_bomb(), limits);
    assert!(
        matches!(&refusal, Refusal::CompileLimit(what) if what.contains("on the clock")),
        "{refusal}"
    );
}

/// Interpreters come as some 40 core instances with 3 memories and 3 tables.
#[test]
fn a_component_of_many_parts_has_room_and_one_of_too_many_is_refused() {
    let parts = |instances: usize| {
        let one = "(core instance (instantiate $m))".repeat(instances);
        let memories = "(core instance (instantiate $with))".repeat(3);
        looks_like_a_policy(&format!(
            "(core module $m) (core module $with (memory 16) (table 10000 funcref)) {one} {memories}"
        ))
    };
    assert!(
        matches!(refusal(&parts(45)), Refusal::Stopped(Stop::Malformed(_))),
        "it was set up"
    );
    assert!(matches!(refusal(&parts(70)), Refusal::Needs(what) if what.contains("64")));
}

#[test]
fn a_manifest_that_loops_or_is_huge_is_refused() {
    assert!(matches!(
        refusal(&hostile::describe("loops!")),
        Refusal::Stopped(Stop::Fuel { .. })
    ));
    assert!(matches!(
        refusal(&hostile::describe("huge!!")),
        Refusal::Stopped(Stop::AnswerTooLarge { .. })
    ));
}

#[test]
fn a_wrong_manifest_is_refused_with_its_field() {
    assert!(
        matches!(refusal(&hostile::describe("nobody")), Refusal::Manifest { field, .. } if field == "name")
    );
}

#[test]
fn an_answer_that_depends_on_its_place_is_refused() {
    let error = support::host()
        .host
        .admit(&hostile::preset("places"))
        .unwrap_err();
    let PolicyError::NotConformant { account, .. } = &error else {
        panic!("{error}")
    };
    assert!(account.contains("/rank"), "{error}");
    assert!(
        account.contains("another order") || account.contains("alone"),
        "{error}"
    );
}

#[test]
fn a_preset_that_is_not_accepted_is_refused() {
    let error = support::host()
        .host
        .admit(&hostile::preset("refuse"))
        .unwrap_err();
    assert!(
        matches!(&error, PolicyError::Problems { problems, .. } if problems[0].path == "/do"),
        "{error}"
    );
}

#[test]
fn truncated_components_are_refused() {
    let test = support::host();
    let bytes = hostile::benign();
    for length in (0..bytes.len()).step_by(997).chain([bytes.len() - 1]) {
        assert!(
            matches!(
                test.host.admit(&bytes[..length]),
                Err(PolicyError::Refused { .. })
            ),
            "{length} bytes"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..4_000), component: bool) {
        let header: &[u8] = if component { b"\0asm\x0d\0\x01\0" } else { b"" };
        let bytes = [header, &bytes].concat();
        prop_assert!(matches!(refusal(&bytes), Refusal::Invalid(_) | Refusal::CoreModule | Refusal::MissingExport(_)));
    }

    #[test]
    fn a_component_with_changed_bytes_never_harms_the_host(
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        // Parsing alone: each case that got through would be compiled, which takes too long here.
        let mut bytes = hostile::benign();
        let length = bytes.len();
        for (place, value) in places {
            bytes[place.index(length)] = value;
        }
        let limits = Limits { compile_wall: Duration::ZERO, ..Limits::default() };
        drop(support::host_with(limits).host.admit(&bytes));
    }
}
