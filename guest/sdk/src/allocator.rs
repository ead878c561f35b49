//! A bump allocator: an instance lives for one batch and is dropped whole, so nothing needs freeing.
//!
//! The memory that the module begins with is used first (a policy's build may ask for more of it, which spares growing it
//! for each batch), then it grows in doubling steps. The last block can grow, shrink and be freed in place, which is
//! what a `Vec` that is being filled does.

#![expect(
    unsafe_code,
    reason = "a global allocator hands out raw memory; the one such place in the SDK"
)]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::ptr::null_mut;

const PAGE: usize = 64 * 1024;
const FIRST_STEP: usize = 4 * PAGE;
const LARGEST_STEP: usize = 64 * PAGE;

struct Bump {
    /// First free byte.
    next: Cell<usize>,
    /// End of the memory that is ours; 0 before the first block.
    end: Cell<usize>,
    /// How much to ask for next.
    step: Cell<usize>,
}

// SAFETY: wasm32 without threads has one thread.
unsafe impl Sync for Bump {}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: Bump = Bump::new();

/// Adds pages at the end of memory; where they start, or `usize::MAX`.
#[cfg(target_arch = "wasm32")]
fn add_pages(pages: usize) -> usize {
    match core::arch::wasm32::memory_grow(0, pages) {
        usize::MAX => usize::MAX,
        before => before * PAGE,
    }
}

/// The memory behind the module's own data: where it starts and ends.
#[cfg(target_arch = "wasm32")]
fn first_room() -> (usize, usize) {
    // SAFETY: the linker defines it; only its address is taken.
    unsafe extern "C" {
        static __heap_base: u8;
    }
    let start = &raw const __heap_base;
    (start as usize, core::arch::wasm32::memory_size(0) * PAGE)
}

/// Where the host puts each list and string of a case, empty ones too. It asks for each by a call of its own, so this
/// goes straight to the heap, past the bindings' own way over four functions.
///
/// # Safety
/// By the canonical ABI: `align` is a power of two, and `block` with `size` is empty or came from here.
#[cfg(target_arch = "wasm32")]
#[unsafe(export_name = "cabi_realloc")]
unsafe extern "C" fn cabi_realloc(block: *mut u8, size: usize, align: usize, wanted: usize) -> *mut u8 {
    if wanted == 0 {
        return align as *mut u8;
    }
    // SAFETY: as above.
    let block = unsafe {
        if size == 0 {
            HEAP.alloc(Layout::from_size_align_unchecked(wanted, align))
        } else {
            HEAP.realloc(block, Layout::from_size_align_unchecked(size, align), wanted)
        }
    };
    if block.is_null() {
        core::arch::wasm32::unreachable();
    }
    block
}

#[cfg(test)]
use tests::{add_pages, first_room};

impl Bump {
    const fn new() -> Self {
        Self {
            next: Cell::new(0),
            end: Cell::new(0),
            step: Cell::new(FIRST_STEP),
        }
    }

    /// Makes `bytes` more available, in a large step or, near the limit, just so many; whether there is that much.
    #[cold]
    fn grow(&self, bytes: usize) -> bool {
        if self.end.get() == 0 {
            let (start, end) = first_room();
            self.next.set(start);
            self.end.set(end);
            if end.saturating_sub(start) >= bytes {
                return true;
            }
        }
        let step = bytes.max(self.step.get());
        self.grow_by(step.div_ceil(PAGE)) || (bytes < step && self.grow_by(bytes.div_ceil(PAGE)))
    }

    fn grow_by(&self, pages: usize) -> bool {
        let start = add_pages(pages);
        if start == usize::MAX {
            return false;
        }
        if start != self.end.get() {
            self.next.set(start);
        }
        self.end.set(start + pages * PAGE);
        self.step.set((self.step.get() * 2).min(LARGEST_STEP));
        true
    }

    /// Room for `size` bytes from `start`, or none.
    fn take(&self, start: usize, size: usize) -> bool {
        let Some(end) = start.checked_add(size) else {
            return false;
        };
        if end > self.end.get() {
            return false;
        }
        self.next.set(end);
        true
    }

    fn aligned(&self, align: usize) -> usize {
        (self.next.get() + align - 1) & !(align - 1)
    }
}

// SAFETY: blocks are handed out once, aligned, inside memory that was grown for them; the last block
// alone is resized or taken back, when its end is the first free byte.
unsafe impl GlobalAlloc for Bump {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.aligned(layout.align());
        if self.take(start, layout.size()) {
            return start as *mut u8;
        }
        if !self.grow(layout.size() + layout.align()) {
            return null_mut();
        }
        let start = self.aligned(layout.align());
        if self.take(start, layout.size()) {
            start as *mut u8
        } else {
            null_mut()
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as `alloc`; a block that was freed and handed out again is not zero, so write it.
        unsafe {
            let block = self.alloc(layout);
            if !block.is_null() {
                block.write_bytes(0, layout.size());
            }
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if block as usize + layout.size() == self.next.get() {
            self.next.set(block as usize);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = block as usize;
        if start + layout.size() == self.next.get() {
            if self.take(start, size)
                || (self.grow(size) && self.next.get() == start + layout.size() && self.take(start, size))
            {
                return block;
            }
        } else if size <= layout.size() {
            return block;
        }
        // SAFETY: `size` is not zero and the alignment is that of a valid layout; the new block does
        // not overlap the old one, which stays where it is.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(size));
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ARENA: usize = 512 * PAGE;

    thread_local! {
        /// Memory of one test: where it starts and how many bytes are given out.
        static MEMORY: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    /// Stands in for a linear memory of 32 MiB.
    pub(super) fn add_pages(pages: usize) -> usize {
        let (mut start, given) = MEMORY.get();
        if start == 0 {
            start = Box::leak(vec![0_u8; ARENA].into_boxed_slice()).as_ptr() as usize;
        }
        if given + pages * PAGE > ARENA {
            return usize::MAX;
        }
        MEMORY.set((start, given + pages * PAGE));
        start + given
    }

    /// Half of the first page, as if the module's data took the other half.
    pub(super) fn first_room() -> (usize, usize) {
        let start = add_pages(1);
        (start + PAGE / 2, start + PAGE)
    }

    fn fresh() -> Bump {
        let (start, _) = MEMORY.get();
        MEMORY.set((start, 0));
        Bump::new()
    }

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[derive(Clone, Copy, Debug)]
    enum Do {
        Allocate(usize, usize),
        Resize(usize, usize),
        Free(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Do>> {
        let step = prop_oneof![
            3 => (1..20_000_usize, 0..5_u32).prop_map(|(size, align)| Do::Allocate(size, 1 << align)),
            3 => (any::<usize>(), 1..40_000_usize).prop_map(|(block, size)| Do::Resize(block, size)),
            1 => any::<usize>().prop_map(Do::Free),
        ];
        prop::collection::vec(step, 1..60)
    }

    proptest! {
        /// Every block keeps what was written into it, through all that happens to the others.
        #[test]
        fn blocks_are_aligned_and_never_overlap(steps in steps()) {
            let heap = fresh();
            let mut blocks: Vec<(*mut u8, Layout, u8)> = Vec::new();
            for (mark, step) in (1_u8..).zip(steps) {
                // SAFETY: blocks are used within their layout and until they are freed.
                unsafe {
                    match step {
                        Do::Allocate(size, align) => {
                            let block = heap.alloc(layout(size, align));
                            prop_assert!(!block.is_null() && (block as usize).is_multiple_of(align));
                            block.write_bytes(mark, size);
                            blocks.push((block, layout(size, align), mark));
                        }
                        Do::Resize(at, size) if !blocks.is_empty() => {
                            let at = at % blocks.len();
                            let (block, old, kept) = blocks[at];
                            let moved = heap.realloc(block, old, size);
                            prop_assert!(!moved.is_null() && (moved as usize).is_multiple_of(old.align()));
                            for byte in 0..size.min(old.size()) {
                                prop_assert_eq!(*moved.add(byte), kept);
                            }
                            moved.write_bytes(kept, size);
                            blocks[at] = (moved, layout(size, old.align()), kept);
                        }
                        Do::Free(at) if !blocks.is_empty() => {
                            let (block, old, _) = blocks.swap_remove(at % blocks.len());
                            heap.dealloc(block, old);
                        }
                        Do::Resize(..) | Do::Free(_) => {}
                    }
                    for &(block, layout, mark) in &blocks {
                        prop_assert_eq!((*block, *block.add(layout.size() - 1)), (mark, mark));
                    }
                }
            }
        }
    }

    #[test]
    fn the_last_block_grows_in_place() {
        let heap = fresh();
        // SAFETY: as above.
        unsafe {
            let block = heap.alloc(layout(8, 8));
            assert_eq!(heap.realloc(block, layout(8, 8), 3 * FIRST_STEP), block);
            heap.dealloc(block, layout(3 * FIRST_STEP, 8));
            assert_eq!(heap.alloc(layout(16, 8)), block);
        }
    }

    #[test]
    fn memory_that_was_used_before_is_zeroed_when_asked_for() {
        let heap = fresh();
        // SAFETY: as above.
        unsafe {
            let block = heap.alloc(layout(64, 8));
            block.write_bytes(7, 64);
            heap.dealloc(block, layout(64, 8));
            assert_eq!(*heap.alloc_zeroed(layout(64, 8)), 0);
        }
    }

    #[test]
    fn memory_is_used_to_its_last_page_and_then_null() {
        let heap = fresh();
        // SAFETY: as above.
        unsafe {
            assert!(heap.alloc(layout(ARENA + 1, 8)).is_null());
            for _ in 1..ARENA / PAGE {
                assert!(!heap.alloc(layout(PAGE - 64, 8)).is_null());
            }
            assert!(heap.alloc(layout(PAGE, 8)).is_null());
        }
    }
}
