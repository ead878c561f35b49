//! A bump allocator: an instance lives for one batch and is dropped whole, so nothing needs freeing.
//!
//! Memory grows in doubling steps. The last block can grow, shrink and be freed in place, which is
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

#[global_allocator]
static HEAP: Bump = Bump {
    next: Cell::new(0),
    end: Cell::new(0),
    step: Cell::new(FIRST_STEP),
};

impl Bump {
    /// Makes `bytes` more available; whether there is that much.
    #[cold]
    fn grow(&self, bytes: usize) -> bool {
        let step = bytes.max(self.step.get());
        let pages = step.div_ceil(PAGE);
        let before = core::arch::wasm32::memory_grow(0, pages);
        if before == usize::MAX {
            return false;
        }
        let start = before * PAGE;
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
