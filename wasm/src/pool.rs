//! Memory in blocks of powers of two, a list of free ones for each size. A tenth of the code of the
//! allocator that Rust brings, and enough for a module of one thread that answers and forgets.
#![allow(unsafe_code, reason = "an allocator hands out addresses")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

const PAGE: usize = 64 * 1024;
/// The smallest block is of 16 bytes, and every block stands at a multiple of 16 at least.
const LEAST: u32 = 4;
const SIZES: usize = 32;

struct State {
    /// The first free block of each size; each free block begins with the address of the next.
    free: [*mut u8; SIZES],
    /// Memory that was never handed out.
    fresh: usize,
    end: usize,
}

struct Pool(UnsafeCell<State>);

// SAFETY: the module has one thread.
unsafe impl Sync for Pool {}

#[global_allocator]
static POOL: Pool = Pool(UnsafeCell::new(State { free: [null_mut(); SIZES], fresh: 0, end: 0 }));

/// The power of two that a block of this layout has as its size.
fn power(layout: Layout) -> usize {
    let size = layout.size().max(layout.align()).max(1 << LEAST);
    (usize::BITS - (size - 1).leading_zeros()) as usize
}

impl State {
    /// A block of fresh memory, at a multiple of `align`; null when there is none left.
    fn fresh(&mut self, size: usize, align: usize) -> *mut u8 {
        let Some(start) = self.fresh.checked_next_multiple_of(align) else { return null_mut() };
        let Some(end) = start.checked_add(size) else { return null_mut() };
        if end <= self.end {
            self.fresh = end;
            return start as *mut u8;
        }
        let pages = (size.saturating_add(align)).div_ceil(PAGE);
        let before = core::arch::wasm32::memory_grow::<0>(pages);
        if before == usize::MAX {
            return null_mut();
        }
        // What is new follows what was there, unless somebody else grew the memory between.
        if before * PAGE != self.end {
            self.fresh = before * PAGE;
        }
        self.end = (before + pages) * PAGE;
        self.fresh(size, align)
    }
}

// SAFETY: a block is handed out once until it is given back, and is as large and as aligned as its
// layout asks: its size is a power of two that is not below either.
unsafe impl GlobalAlloc for Pool {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let power = power(layout);
        // SAFETY: one thread, and nothing below calls back.
        let state = unsafe { &mut *self.0.get() };
        let Some(free) = state.free.get_mut(power) else { return null_mut() };
        let block = *free;
        if block.is_null() || !block.addr().is_multiple_of(layout.align()) {
            return state.fresh(1 << power, layout.align().max(1 << LEAST));
        }
        // SAFETY: a free block begins with the address of the next one.
        *free = unsafe { block.cast::<*mut u8>().read() };
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: one thread, and nothing below calls back.
        let state = unsafe { &mut *self.0.get() };
        if let Some(free) = state.free.get_mut(power(layout)) {
            // SAFETY: the block was handed out by `alloc` with this layout, so it holds an address.
            unsafe { block.cast::<*mut u8>().write(*free) };
            *free = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Ok(new) = Layout::from_size_align(size, layout.align()) else { return null_mut() };
        if power(new) == power(layout) {
            return block;
        }
        // SAFETY: `new` has a size of 1 at least, and both blocks hold the bytes that are copied.
        unsafe {
            let moved = self.alloc(new);
            if !moved.is_null() {
                std::ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
