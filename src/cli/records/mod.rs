//! Files of records: opened, unpacked, and cut into blocks of whole lines.
//!
//! Law: memory does not grow with the file. A block is about 256 KiB, or as long as its longest
//! record.

mod elements;
pub(crate) mod ordered;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use super::failure::Failure;
use elements::{Elements, Form};

/// How the text of a file is divided into records.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Input {
    /// By what the file begins with
    Auto,
    /// One record a line
    Ndjson,
    /// An array, a response with its records in `data`, or one object after the other
    Json,
}

/// Whole records, one a line.
#[derive(Default)]
pub(crate) struct Block {
    /// The place of the file on the command line.
    pub(crate) file: usize,
    pub(crate) bytes: Vec<u8>,
    /// True when the lines are elements of a larger JSON text and not lines of the file.
    pub(crate) elements: bool,
    /// What is wrong with the file after these records.
    pub(crate) trouble: Option<String>,
    /// True when that is about the record that follows them.
    pub(crate) at_next: bool,
}

const BLOCK: usize = 256 * 1024;

/// The member of a response that holds its records, unless another is named.
pub(crate) const RECORDS: &str = "data";

/// What a file looks like is decided by so much of it.
const HEAD: usize = 64 * 1024;

/// A file of records, `-` for standard input.
pub(crate) struct Source {
    pub(crate) name: String,
    path: Option<PathBuf>,
}

impl Source {
    pub(crate) fn new(path: PathBuf) -> Self {
        if path.as_os_str() == "-" {
            return Source { name: "standard input".into(), path: None };
        }
        Source { name: path.display().to_string(), path: Some(path) }
    }

    /// Its size in bytes as it lies on the disk, where that is known.
    pub(crate) fn size(&self) -> Option<u64> {
        std::fs::metadata(self.path.as_ref()?).ok().map(|data| data.len())
    }

    /// Gives its records block by block until `take` wants no more. A record longer than `longest`
    /// bytes ends the reading of the file. `read` hears of every byte that is read.
    pub(crate) fn blocks(
        &self,
        (input, records): (Input, &str),
        longest: usize,
        read: impl Fn(u64) + Send + 'static,
        take: &mut dyn FnMut(Block) -> Option<Vec<u8>>,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::read(&self.name)(error);
        let plain: Box<dyn Read + Send> = match &self.path {
            Some(path) => Box::new(File::open(path).map_err(failed)?),
            None => Box::new(io::stdin()),
        };
        let counted = BufReader::with_capacity(BLOCK, Counted { inner: plain, read });
        let mut text = unpack(counted).map_err(failed)?;
        let head = head(&mut text, records).map_err(failed)?;
        let form = match input {
            Input::Auto => elements::form(&head, records),
            Input::Ndjson => Form::Lines,
            Input::Json => Form::Json { envelope: elements::is_envelope(&head, records) },
        };
        let whole = io::Cursor::new(head).chain(text);
        match form {
            Form::Lines => lines(whole, longest, take),
            Form::Json { envelope } => json(whole, envelope.then_some(records), longest, take),
        }
        .map_err(failed)
    }
}

/// Tells of every byte that passes.
struct Counted<R, F> {
    inner: R,
    read: F,
}

impl<R: Read, F: Fn(u64)> Read for Counted<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        (self.read)(length as u64);
        Ok(length)
    }
}

/// Unpacks gzip and zstd, known by the bytes that they begin with.
fn unpack(mut packed: impl BufRead + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    const GZIP: &[u8] = &[0x1f, 0x8b];
    const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
    let mut start = Vec::new();
    packed.by_ref().take(4).read_to_end(&mut start)?;
    let skippable = start.first_chunk().is_some_and(|magic| is_skippable(*magic));
    let (gzip, zstd) = (start.starts_with(GZIP), start.starts_with(ZSTD) || skippable);
    let packed = io::Cursor::new(start).chain(packed);
    Ok(if gzip {
        Box::new(flate2::bufread::MultiGzDecoder::new(packed))
    } else if zstd {
        Box::new(Frames { packed: Some(packed), frame: None })
    } else {
        Box::new(packed)
    })
}

/// True for what a zstd frame begins with that holds something else and is skipped.
fn is_skippable(magic: [u8; 4]) -> bool {
    (0x184d_2a50..=0x184d_2a5f).contains(&u32::from_le_bytes(magic))
}

/// A frame's first four bytes were read to see what it is.
type Begun<R> = io::Chain<io::Cursor<[u8; 4]>, R>;
type Frame<R> = ruzstd::decoding::StreamingDecoder<Begun<R>, ruzstd::decoding::FrameDecoder>;

/// A zstd file: one frame after the other.
struct Frames<R: BufRead> {
    packed: Option<R>,
    frame: Option<Frame<R>>,
}

impl<R: BufRead> Frames<R> {
    /// Goes on to the next frame with content; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        let Some(mut packed) = self.packed.take() else { return Ok(false) };
        while !packed.fill_buf()?.is_empty() {
            let mut magic = [0; 4];
            packed.read_exact(&mut magic)?;
            if !is_skippable(magic) {
                let begun = io::Cursor::new(magic).chain(packed);
                self.frame = Some(Frame::new(begun).map_err(io::Error::other)?);
                return Ok(true);
            }
            let mut length = [0; 4];
            packed.read_exact(&mut length)?;
            let length = u32::from_le_bytes(length).into();
            if io::copy(&mut packed.by_ref().take(length), &mut io::sink())? < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(false)
    }
}

/// Compares a frame's checksum with that of what was unpacked. Not every frame has one.
fn check(decoder: &ruzstd::decoding::FrameDecoder) -> io::Result<()> {
    let stored = decoder.get_checksum_from_data();
    if stored.is_some() && stored != decoder.get_calculated_checksum() {
        let why = "the checksum of a zstd frame does not fit its content";
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(())
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(mut frame) = self.frame.take() {
                let length = frame.read(buffer)?;
                if length > 0 || buffer.is_empty() {
                    self.frame = Some(frame);
                    return Ok(length);
                }
                check(&frame.decoder)?;
                self.packed = Some(frame.into_inner().into_inner().1);
            }
            if !self.next()? {
                return Ok(0);
            }
        }
    }
}

/// The beginning of a text, a mark of its byte order left out.
fn head(text: &mut impl Read, records: &str) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut length = 0;
    while let Some(rest) = head.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match text.read(rest) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        // What comes from a pipe line by line is not waited for.
        if head.get(..length).is_some_and(|head| elements::is_enough(head, records)) {
            break;
        }
    }
    head.truncate(length);
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    Ok(head)
}

/// Reads once, at the end of the buffer; the number of bytes.
fn fill(text: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let length = buffer.len();
    buffer.resize(length + BLOCK, 0);
    let read = loop {
        match text.read(buffer.get_mut(length..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => break done,
        }
    };
    buffer.truncate(length + *read.as_ref().unwrap_or(&0));
    read
}

/// Blocks of whole lines, as soon as there is one.
fn lines(
    mut text: impl Read,
    longest: usize,
    take: &mut dyn FnMut(Block) -> Option<Vec<u8>>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        let at_end = fill(&mut text, &mut bytes)? == 0;
        let fresh = bytes.get(before..).unwrap_or_default();
        let end = if at_end {
            bytes.len()
        } else {
            memchr::memrchr(b'\n', fresh).map_or(0, |place| before + place + 1)
        };
        if end > 0 {
            let rest = bytes.split_off(end);
            let Some(mut next) = take(Block { bytes, ..Block::default() }) else { return Ok(()) };
            next.clear();
            next.extend(rest);
            bytes = next;
        }
        if at_end {
            return Ok(());
        }
        if bytes.len() > longest {
            take(too_long(longest, false));
            return Ok(());
        }
    }
}

/// What is said of a record that does not end within the limit; the rest of the file is not read.
fn too_long(longest: usize, elements: bool) -> Block {
    let why = format!(
        "longer than {longest} bytes, so the rest of the file is not read (`--limit line_bytes=N` allows more)"
    );
    Block { trouble: Some(why), at_next: true, elements, ..Block::default() }
}

/// Blocks of the elements of a JSON text.
fn json(
    mut text: impl Read,
    envelope: Option<&str>,
    longest: usize,
    take: &mut dyn FnMut(Block) -> Option<Vec<u8>>,
) -> io::Result<()> {
    let mut elements = Elements::new(envelope);
    let mut read = Vec::new();
    loop {
        read.clear();
        let at_end = fill(&mut text, &mut read)? == 0;
        read.iter().for_each(|byte| elements.push(*byte));
        if at_end {
            elements.finish();
        }
        if at_end || elements.ready() >= BLOCK / 2 {
            let (bytes, trouble) = elements.take();
            let block = Block { bytes, elements: true, trouble, ..Block::default() };
            if take(block).is_none() {
                return Ok(());
            }
        }
        if at_end {
            return Ok(());
        }
        if elements.unfinished() > longest {
            let (bytes, trouble) = elements.take();
            if take(Block { bytes, elements: true, trouble, ..Block::default() }).is_some() {
                take(too_long(longest, true));
            }
            return Ok(());
        }
    }
}
