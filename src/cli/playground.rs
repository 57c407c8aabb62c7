//! `tamis playground`: serves the playground on the loopback address, from the program or a folder.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::failure::Failure;
use super::report;

/// A request line and headers longer than this are refused.
const MAX_REQUEST: u64 = 16 * 1024;
/// A browser that sends nothing for so long is let go.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything a request may name, with its type. Nothing else is served.
const FILES: &[(&str, &str)] = &[
    ("index.html", "text/html; charset=utf-8"),
    ("playground.css", "text/css; charset=utf-8"),
    ("playground.js", "text/javascript; charset=utf-8"),
    ("icon.svg", "image/svg+xml"),
    ("tamis-full.wasm", "application/wasm"),
];

/// Only the page's own files, and its module; nothing is sent anywhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'";

/// Serve the playground: a page with the query box, the builder and every target's output
#[derive(Args)]
pub(crate) struct Playground {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8400)]
    port: u16,
    /// The folder that holds the built page, otherwise the one within the program
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

impl Playground {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        if let Some(folder) = &self.from {
            let page = folder.join("index.html");
            std::fs::metadata(&page).map_err(Failure::read(page.display().to_string()))?;
        } else if built_in("index.html").is_none() {
            return Err(Failure::Usage(
                "this program was built without the playground: say `--from web/playground/dist` \
                 after `just web`, or build it with `--features playground`"
                    .into(),
            ));
        }
        let address = (Ipv4Addr::LOCALHOST, self.port);
        let named = format!("127.0.0.1:{}", self.port);
        let listener = TcpListener::bind(address).map_err(Failure::read(named.clone()))?;
        let local = listener.local_addr().map_err(Failure::read(named))?;
        report::print(&format!("http://{local}/\n"))?;
        for stream in listener.incoming().flatten() {
            // A browser that hangs up is no failure of the server.
            let _ = self.answer(stream);
        }
        Ok(())
    }

    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let request = read_request(&stream)?;
        let found = requested(&request).and_then(|(name, kind)| Some((self.file(name)?, kind)));
        let Some((body, kind)) = found else {
            return stream.write_all(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            );
        };
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\n\
             Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        stream.write_all(&body)
    }

    fn file(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match &self.from {
            Some(folder) => std::fs::read(folder.join(Path::new(name))).ok().map(Cow::Owned),
            None => built_in(name).map(Cow::Borrowed),
        }
    }
}

/// The head of a request: all lines up to the empty one.
fn read_request(stream: &TcpStream) -> io::Result<String> {
    let mut lines = BufReader::new(stream.take(MAX_REQUEST));
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    Ok(first)
}

/// The file that a request line asks for, when it is one of the playground's.
fn requested(line: &str) -> Option<(&'static str, &'static str)> {
    let path = line.strip_prefix("GET /")?.split_once(' ')?.0;
    let name = path.split_once('?').map_or(path, |(name, _)| name);
    let name = if name.is_empty() { "index.html" } else { name };
    FILES.iter().copied().find(|(file, _)| *file == name)
}

#[cfg(feature = "playground")]
fn built_in(name: &str) -> Option<&'static [u8]> {
    // `just web` builds these before it builds the program.
    let found: &'static [u8] = match name {
        "index.html" => include_bytes!("../../web/playground/dist/index.html"),
        "playground.css" => include_bytes!("../../web/playground/dist/playground.css"),
        "playground.js" => include_bytes!("../../web/playground/dist/playground.js"),
        "icon.svg" => include_bytes!("../../web/playground/dist/icon.svg"),
        "tamis-full.wasm" => include_bytes!("../../web/playground/dist/tamis-full.wasm"),
        _ => return None,
    };
    Some(found)
}

#[cfg(not(feature = "playground"))]
fn built_in(_name: &str) -> Option<&'static [u8]> {
    None
}

#[cfg(test)]
mod tests {
    use super::requested;

    #[test]
    fn only_files_of_the_page_are_served() {
        assert_eq!(requested("GET / HTTP/1.1").map(|(name, _)| name), Some("index.html"));
        assert_eq!(
            requested("GET /playground.js?x=1 HTTP/1.1").map(|(name, _)| name),
            Some("playground.js")
        );
        for line in [
            "GET /../Cargo.toml HTTP/1.1",
            "GET //etc/passwd HTTP/1.1",
            "POST / HTTP/1.1",
            "GET /",
            "",
        ] {
            assert_eq!(requested(line), None, "{line}");
        }
    }
}
