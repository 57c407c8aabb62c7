//! Messages over standard input and output. A message that cannot be read is answered by an error,
//! and the next one is read.

use std::io::{self, BufRead, Read as _, Write as _};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::json;

/// The most bytes of one message. A text of the greatest length that is compiled fits many times.
const LONGEST: u64 = 64 << 20;

/// The longest line of a header, in bytes.
const LONGEST_LINE: u64 = 4096;

/// The threads that read and write.
pub(super) struct Threads {
    reader: thread::JoinHandle<io::Result<()>>,
    writer: thread::JoinHandle<io::Result<()>>,
}

impl Threads {
    /// Waits until everything is written.
    pub(super) fn join(self) -> io::Result<()> {
        let lost = |_| io::Error::other("a thread of the server was lost");
        self.reader.join().map_err(lost)??;
        self.writer.join().map_err(lost)?
    }
}

/// The server's end of a connection over standard input and output.
pub(super) fn connect() -> (Connection, Threads) {
    let (server, Connection { sender, receiver }) = Connection::memory();
    let reader = thread::spawn(move || {
        let mut from = io::stdin().lock();
        while let Some(read) = next(&mut from)? {
            match read {
                Ok(message) => {
                    let leaves = matches!(&message, Message::Notification(notice) if notice.method == "exit");
                    // The server has left when it takes no more.
                    if sender.send(message).is_err() || leaves {
                        return Ok(());
                    }
                }
                Err(why) => refuse(&why)?,
            }
        }
        Ok(())
    });
    let writer = thread::spawn(move || {
        receiver.into_iter().try_for_each(|message| message.write(&mut io::stdout().lock()))
    });
    (server, Threads { reader, writer })
}

/// Tells the client what could not be read. Nobody knows which request it was.
fn refuse(why: &str) -> io::Result<()> {
    let error = json!({ "code": ErrorCode::ParseError as i32, "message": why });
    let text = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    let mut out = io::stdout().lock();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

/// The next message, or why it cannot be read; `None` at the end of the input.
fn next(from: &mut impl BufRead) -> io::Result<Option<Result<Message, String>>> {
    let Some(length) = header(from)? else { return Ok(None) };
    let length = match length {
        Ok(length) => length,
        Err(why) => return Ok(Some(Err(why))),
    };
    let mut body = Vec::new();
    if from.take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&body).map_err(|error| error.to_string())))
}

/// The length that a header gives. What stands before its first line is no part of a message and
/// is left out: the rest of one whose length was wrong.
fn header(from: &mut impl BufRead) -> io::Result<Option<Result<u64, String>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if from.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match content_length(&line) {
            Some(text) => length = Some(text.trim().to_owned()),
            None if line.trim().is_empty() && length.is_some() => break,
            None => {}
        }
    }
    let said = length.unwrap_or_default();
    let number = said.parse().ok().filter(|number| *number <= LONGEST);
    Ok(Some(number.ok_or_else(|| {
        format!("the Content-Length must be a number from 0 to {LONGEST}, not {said:?}")
    })))
}

/// What a line says of the length, wherever in it the header begins.
fn content_length(line: &str) -> Option<&str> {
    const NAME: &[u8] = b"content-length:";
    let bytes = line.as_bytes();
    let found = bytes.windows(NAME.len()).rposition(|part| part.eq_ignore_ascii_case(NAME))?;
    line.get(found + NAME.len()..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of an input, message by message.
    fn all(text: &str) -> Vec<&'static str> {
        let mut from = text.as_bytes();
        let mut out = Vec::new();
        loop {
            match next(&mut from) {
                Ok(Some(Ok(_))) => out.push("read"),
                Ok(Some(Err(_))) => out.push("refused"),
                Ok(None) => return out,
                Err(_) => return vec!["lost"],
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_the_next_message_is_read() {
        let exit = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let good = format!("Content-Length: {}\r\nContent-Type: x\r\n\r\n{exit}", exit.len());
        for bad in [
            "Content-Length: 18446744073709551615\r\n\r\n{\"a\":1}",
            "Content-Length: 99999999999999999999999\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "content-length: many\r\n\r\n",
            "Content-Length: 3\r\n\r\n{\"a",
            "Content-Length: 2\r\n\r\n\u{e9}",
        ] {
            assert_eq!(all(&format!("{bad}{good}")), ["refused", "read"], "{bad}");
        }
        assert_eq!(all(&format!("{good}{good}")), ["read", "read"]);
        let cut = good.get(..good.len() - 1).unwrap_or_default();
        assert_eq!(all(cut), [""; 0], "a client that goes in the midst of a message");
    }
}
