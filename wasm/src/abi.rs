//! The C ABI: `alloc`, `call`, `free`. The one place with `unsafe`.
#![allow(unsafe_code, reason = "memory is shared with the host by address")]

use std::alloc::{Layout, alloc as allocate, dealloc};

/// Bytes before a response that hold its length.
const HEAD: usize = 4;

fn layout(len: usize) -> Option<Layout> {
    Layout::from_size_align(len.max(1), 4).ok()
}

/// Room for a request of so many bytes; null when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: usize) -> *mut u8 {
    let Some(layout) = layout(len) else { return std::ptr::null_mut() };
    // SAFETY: the layout has a size of 1 at least.
    unsafe { allocate(layout) }
}

/// Answers the request at `ptr`, and frees it. The response is four bytes of length, then JSON.
///
/// # Safety
/// `ptr` comes from [`alloc`] with the same `len`, is filled, and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(ptr: *mut u8, len: usize) -> *mut u8 {
    if ptr.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: by the contract above.
    let request = unsafe { std::slice::from_raw_parts(ptr, len) };
    let answer = crate::answer(request);
    if let Some(layout) = layout(len) {
        // SAFETY: by the contract above it was allocated with this layout.
        unsafe { dealloc(ptr, layout) };
    }
    let Ok(size) = u32::try_from(answer.len()) else { return std::ptr::null_mut() };
    let out = alloc(HEAD + answer.len());
    if !out.is_null() {
        // SAFETY: `out` has room for the head and the answer, which does not overlap it.
        unsafe {
            std::ptr::copy_nonoverlapping(size.to_le_bytes().as_ptr(), out, HEAD);
            std::ptr::copy_nonoverlapping(answer.as_ptr(), out.add(HEAD), answer.len());
        }
    }
    out
}

/// Frees a response.
///
/// # Safety
/// `ptr` comes from [`call`] and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(ptr: *mut u8) {
    if ptr.is_null() {
        return;
    }
    let mut head = [0; HEAD];
    // SAFETY: by the contract above a response begins with its length.
    unsafe { std::ptr::copy_nonoverlapping(ptr, head.as_mut_ptr(), HEAD) };
    let size = usize::try_from(u32::from_le_bytes(head)).unwrap_or_default();
    if let Some(layout) = layout(HEAD + size) {
        // SAFETY: `call` allocated it with this layout.
        unsafe { dealloc(ptr, layout) };
    }
}
