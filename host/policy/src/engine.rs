//! The engine: what WebAssembly a policy may be made of, and how its instances are kept.

use std::thread;
use std::time::Duration;

use wasmparser::WasmFeatures;
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::error::PolicyError;
use crate::limits::Limits;

/// Time between two ticks of the wall clock.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// What policies may use, for the parser and the engine alike: no threads, nothing that depends on the
/// processor, no garbage collection, no asynchrony.
pub(crate) const FEATURES: WasmFeatures = WasmFeatures::WASM2
    .difference(WasmFeatures::GC_TYPES)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::MULTI_MEMORY)
    .union(WasmFeatures::TAIL_CALL)
    .union(WasmFeatures::COMPONENT_MODEL);

/// An engine that runs components, with its ticker.
pub(crate) fn running(limits: &Limits) -> Result<Engine, PolicyError> {
    let mut config = common(limits.stack);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)));
    let engine = Engine::new(&config).map_err(|e| PolicyError::Engine(e.to_string()))?;
    start_ticker(&engine)?;
    Ok(engine)
}

/// An engine that only compiles, and so reserves no address space.
pub(crate) fn compiling() -> wasmtime::Result<Engine> {
    let mut config = common(Limits::default().stack);
    config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    Engine::new(&config)
}

fn common(stack: usize) -> Config {
    let mut config = Config::new();
    config.wasm_features(WasmFeatures::all(), false);
    config.wasm_features(FEATURES, true);
    config.consume_fuel(true).epoch_interruption(true);
    config.cranelift_nan_canonicalization(true);
    // Nobody asks a policy where it stopped, so code is kept and loaded without what only backtraces need.
    config.wasm_backtrace_max_frames(None);
    config.generate_address_map(false).native_unwind_info(false);
    config.max_wasm_stack(stack);
    config
}

/// Slots for instances. Address space is only reserved, so the numbers are generous: an instance of
/// an interpreter in a component has some 40 core instances, 3 memories and 3 tables.
fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let mut pool = PoolingAllocationConfig::new();
    let instances = limits.instances;
    pool.total_component_instances(instances);
    // 38 core instances were seen in a Python component, 11 in a JavaScript one.
    pool.max_core_instances_per_component(64)
        .total_core_instances(instances.saturating_mul(64));
    pool.max_memories_per_component(4)
        .total_memories(instances.saturating_mul(4));
    pool.max_tables_per_component(8)
        .total_tables(instances.saturating_mul(8));
    // Bookkeeping for all core instances of one component; interpreters have tens of thousands of functions.
    pool.max_component_instance_size(8 << 20)
        .max_core_instance_size(4 << 20);
    // Interpreters dispatch through tables of some thousands of functions.
    pool.table_elements(32_768);
    pool.max_memory_size(limits.memory);
    // A batch of some hundreds touches a few megabytes. Keeping them mapped, and writing over just the pages
    // that were touched, is cheaper than giving them back and faulting them in again for the next batch.
    pool.pagemap_scan(Enabled::Auto);
    pool.linear_memory_keep_resident(4 << 20)
        .table_keep_resident(64 << 10);
    // Slots that stay mapped for components which are not running: bounds what is kept to some 64 MiB.
    pool.max_unused_warm_slots(16);
    pool
}

/// One thread per engine, which ends when the engine is gone.
fn start_ticker(engine: &Engine) -> Result<(), PolicyError> {
    let weak = engine.weak();
    let tick = move || {
        while let Some(engine) = weak.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    let spawned = thread::Builder::new().name("policy-clock".into()).spawn(tick);
    spawned
        .map(drop)
        .map_err(|e| PolicyError::Engine(format!("no thread for the wall clock: {e}")))
}

#[cfg(test)]
mod tests {
    use wasmtime::{Engine, Instance, Module, Store};

    use super::{common, compiling, running};
    use crate::limits::{FUEL_SCHEDULE, Limits};

    /// If this fails after an update of the engine, instructions cost something else: raise [`FUEL_SCHEDULE`],
    /// so that records decided under the old costs are not replayed under the new ones.
    #[test]
    fn instructions_cost_what_the_schedule_says() {
        let engine = Engine::new(&common(1 << 20)).unwrap();
        let text = r#"(module (memory 1)
            (func $square (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
            (func (export "run") (param $i i32) (result i32) (local $sum i32)
                (loop $again
                    (local.set $sum (i32.add (local.get $sum) (call $square (local.get $i))))
                    (i32.store (local.get $i) (local.get $sum))
                    (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
                (memory.fill (i32.const 0) (i32.const 1) (i32.const 100))
                (memory.copy (i32.const 0) (i32.const 200) (i32.const 100))
                (local.get $sum)))"#;
        let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
        let mut store = Store::new(&engine, ());
        store.set_epoch_deadline(u64::MAX >> 1);
        store.set_fuel(1_000_000).unwrap();
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let run = instance.get_typed_func::<i32, i32>(&mut store, "run").unwrap();
        assert_eq!(run.call(&mut store, 1_000).unwrap(), 333_833_500);
        let spent = 1_000_000 - store.get_fuel().unwrap();
        assert_eq!((FUEL_SCHEDULE, spent), (2, 17_210));
    }

    #[test]
    fn what_the_child_compiles_fits_the_engine_that_runs() {
        let hash = |engine: &Engine| {
            use std::hash::{DefaultHasher, Hash, Hasher};
            let mut hasher = DefaultHasher::new();
            engine.precompile_compatibility_hash().hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(
            hash(&compiling().unwrap()),
            hash(&running(&Limits::default()).unwrap())
        );
    }
}
