//! All cores on one stream: blocks go to workers, results come back in the order of the blocks.
//!
//! Law: only so many blocks are on their way at once, whoever is the slowest.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;

use super::Block;
use crate::cli::failure::Failure;

/// Runs `read` (which gives its blocks away), `work` on every block, and `write` on every result
/// in order. Whichever fails first ends all three.
pub(crate) fn run<T: Send>(
    threads: usize,
    read: impl FnOnce(&mut dyn FnMut(Block) -> Option<Vec<u8>>) -> Result<(), Failure> + Send,
    work: impl Fn(&Block) -> T + Sync,
    mut write: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (jobs, waiting) = mpsc::sync_channel::<(u64, Block)>(threads * 2);
    let (results, finished) = mpsc::channel::<(u64, Vec<u8>, T)>();
    let (free, buffers) = mpsc::channel::<Vec<u8>>();
    for _ in 0..threads * 4 {
        // The receiver is right here.
        let _ = free.send(Vec::new());
    }
    // Gone with the last worker, so that a reader that still wants to send learns of it.
    let waiting = Arc::new(Mutex::new(waiting));
    thread::scope(|scope| {
        let reader = scope.spawn(move || read_all(read, jobs, buffers));
        for _ in 0..threads {
            let (waiting, work, results) = (Arc::clone(&waiting), &work, results.clone());
            scope.spawn(move || work_all(&waiting, work, &results));
        }
        drop((waiting, results));
        let written = write_all(finished, free, &mut write);
        written
            .and(reader.join().unwrap_or_else(|_| Err(Failure::Usage("the reader stopped".into()))))
    })
}

fn read_all(
    read: impl FnOnce(&mut dyn FnMut(Block) -> Option<Vec<u8>>) -> Result<(), Failure>,
    jobs: SyncSender<(u64, Block)>,
    buffers: Receiver<Vec<u8>>,
) -> Result<(), Failure> {
    let mut number = 0;
    read(&mut |block| {
        let next = buffers.recv().ok()?;
        jobs.send((number, block)).ok()?;
        number += 1;
        Some(next)
    })
}

fn work_all<T>(
    waiting: &Mutex<Receiver<(u64, Block)>>,
    work: impl Fn(&Block) -> T,
    results: &Sender<(u64, Vec<u8>, T)>,
) {
    loop {
        let Ok(Ok((number, block))) = waiting.lock().map(|waiting| waiting.recv()) else { return };
        let result = work(&block);
        if results.send((number, block.bytes, result)).is_err() {
            return;
        }
    }
}

fn write_all<T>(
    finished: Receiver<(u64, Vec<u8>, T)>,
    free: Sender<Vec<u8>>,
    write: &mut impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, buffer, result) in finished {
        early.insert(number, (buffer, result));
        while let Some((buffer, result)) = early.remove(&next) {
            write(result)?;
            // The reader may be done.
            let _ = free.send(buffer);
            next += 1;
        }
    }
    Ok(())
}
