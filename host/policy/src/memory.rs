//! The limit on the memory of an instance, over all its memories and tables together.

use wasmtime::ResourceLimiter;

/// A table's element takes a pointer.
const ELEMENT: usize = size_of::<usize>();

/// Refusal to grow.
#[derive(Debug, thiserror::Error)]
#[error("more than {0} bytes of memory")]
pub(crate) struct MemoryExceeded(pub(crate) usize);

/// What a store holds: the account of its memory.
pub struct Guest {
    left: usize,
    limit: usize,
}

impl Guest {
    pub(crate) fn new(limit: usize) -> Self {
        Self { left: limit, limit }
    }

    /// Whether growing from `current` to `desired` bytes fits; beyond the module's own `maximum` it would fail anyway.
    fn grow(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        let Some(left) = self.left.checked_sub(desired.saturating_sub(current)) else {
            return Err(wasmtime::Error::new(MemoryExceeded(self.limit)));
        };
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        self.left = left;
        Ok(true)
    }
}

impl ResourceLimiter for Guest {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        self.grow(current, desired, maximum)
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let bytes = |elements: usize| elements.saturating_mul(ELEMENT);
        self.grow(bytes(current), bytes(desired), maximum.map(bytes))
    }
}
