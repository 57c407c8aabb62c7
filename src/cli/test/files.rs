//! The files of a test: found in one order everywhere, written whole or not at all.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tamis::suite;

use super::results::Verdict;
use crate::cli::failure::Failure;

/// A folder: the queries in it, without `.tamis`, and the outputs that are stored there.
#[derive(Default)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) queries: Vec<String>,
    pub(super) stored: Vec<String>,
}

/// The folders below the paths, sorted. Of a single file, it and what is stored for it.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Folder>, Failure> {
    let mut folders = BTreeMap::new();
    for path in paths {
        let path = path.strip_prefix(".").unwrap_or(path);
        let about = fs::metadata(here(path)).map_err(Failure::read(path.display().to_string()))?;
        if about.is_dir() {
            walk(path, &|_| true, true, &mut folders)?;
        } else {
            let stem = path.file_stem().filter(|_| path.extension() == Some(OsStr::new("tamis")));
            let stem = stem.and_then(OsStr::to_str).ok_or_else(|| {
                Failure::Usage(format!("`{}` is not a file `*.tamis`", path.display()))
            })?;
            let parent = path.parent().unwrap_or(Path::new(""));
            walk(parent, &|name| name == stem, false, &mut folders)?;
        }
    }
    for folder in folders.values_mut() {
        for list in [&mut folder.queries, &mut folder.stored] {
            list.sort_unstable();
            list.dedup();
        }
    }
    Ok(folders.into_values().collect())
}

/// Where a path leads: without any part, to the folder that the program runs in.
fn here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// Adds a folder, and those in it that are neither hidden nor linked to.
fn walk(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
    deep: bool,
    folders: &mut BTreeMap<PathBuf, Folder>,
) -> Result<(), Failure> {
    let name = path.display().to_string();
    let mut below = Vec::new();
    let folder = folders.entry(path.to_owned()).or_default();
    folder.path = path.to_owned();
    for entry in fs::read_dir(here(path)).map_err(Failure::read(&name))? {
        let entry = entry.map_err(Failure::read(&name))?;
        let kind = entry.file_type().map_err(Failure::read(&name))?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if kind.is_dir() {
            if deep && !name.starts_with('.') {
                below.push(entry.path());
            }
        } else if let Some(stem) = name.strip_suffix(".tamis").filter(|stem| wanted(stem)) {
            folder.queries.push(stem.to_owned());
        } else if kind.is_file()
            && !name.starts_with('.')
            && suite::stem_of(&name).is_some_and(wanted)
        {
            folder.stored.push(name);
        }
    }
    below.iter().try_for_each(|path| walk(path, wanted, deep, folders))
}

/// What is stored; `None` when nothing is.
pub(super) fn stored(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::read(path.display().to_string())(error)),
    }
}

/// Writes a file by way of another beside it, so that nobody ever reads half of it. A link is
/// followed, and what the file's permissions were they stay.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let target = target(path).map_err(|error| failed(path, error))?;
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = target.with_file_name(name);
    replace(&target, &beside, text).map_err(|error| {
        // What is left of a failed write is nothing to keep.
        let _ = fs::remove_file(&beside);
        failed(path, error)
    })
}

fn replace(target: &Path, beside: &Path, text: &str) -> io::Result<()> {
    // Never through a link that somebody else put there.
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(beside)?;
    if let Some(stored) = fs::metadata(target).map(Some).or_else(missing)? {
        file.set_permissions(stored.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(beside, target)
}

/// The file that a path leads to, through links; also when it is yet to be made.
fn target(path: &Path) -> io::Result<PathBuf> {
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let linked = fs::symlink_metadata(&path).map(Some).or_else(missing)?;
        if !linked.is_some_and(|data| data.file_type().is_symlink()) {
            return Ok(path);
        }
        // A relative link counts from the folder that it stands in.
        path = here(path.parent().unwrap_or(Path::new(""))).join(fs::read_link(&path)?);
    }
    Err(io::Error::other("too many links, one after the other"))
}

/// What is not there is nothing; every other error stays one.
fn missing<T>(error: io::Error) -> io::Result<Option<T>> {
    if error.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(error) }
}

/// Removes a stored output.
pub(super) fn remove(path: &Path) -> Result<Verdict, Failure> {
    fs::remove_file(path).map_err(|error| failed(path, error))?;
    Ok(Verdict::Removed)
}

fn failed(path: &Path, error: io::Error) -> Failure {
    Failure::Io { action: "write", name: path.display().to_string(), error }
}
