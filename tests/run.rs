//! `tamis run`: forms of files, packing, order, broken lines, closed pipes.

mod common;

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

const QUERY: &str = "service = Box and not location.country = DE";

fn record(number: usize) -> Value {
    let country = ["DE", "US"].get(number % 3);
    json!({
        "_id": format!("{number:024x}"), "appId": if number.is_multiple_of(2) { 10489 } else { 11770 },
        "timestamp": 1_793_534_400_000_u64 + number as u64, "location": {"countryCode": country},
        "user": {"userName": format!("user {number} {{[\"é\\"), "userTags": ["a", "b"]},
    })
}

fn is_selected(record: &Value) -> bool {
    record["appId"] == 10489 && record["location"]["countryCode"] != "DE"
}

fn records(count: usize) -> Vec<Value> {
    (0..count).map(record).collect()
}

fn lines<'v>(records: impl IntoIterator<Item = &'v Value>) -> String {
    records.into_iter().map(|record| format!("{record}\n")).collect()
}

fn selected(records: &[Value]) -> String {
    lines(records.iter().filter(|record| is_selected(record)))
}

/// Writes the input from a thread, because the program answers while it reads.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = common::tamis();
    command.arg("run").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder of its own for each test, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("tamis-run-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    Folder(folder)
}

#[test]
fn every_form_of_a_file_holds_the_same_records() {
    let all = records(3_000);
    let (first, second) = all.split_at(1_000);
    let page = |part: &[Value]| json!({"total": 3_000, "hasNext": true, "note": "{\"data\":[", "data": part, "max": [[1]]});
    let forms = [
        ("lines", lines(&all)),
        ("lines that end like DOS", lines(&all).replace('\n', "\r\n")),
        ("no last end of line", lines(&all).trim_end().to_owned()),
        ("empty lines", lines(&all).replace('\n', "\n\n  \n")),
        ("a mark of byte order", format!("\u{feff}{}", lines(&all))),
        ("array", json!(all).to_string()),
        ("spread array", format!("\n{:#}\n", json!(all))),
        ("arrays one after the other", format!("{}\n{}", json!(first), json!(second))),
        ("response", page(&all).to_string()),
        ("spread response", format!("{:#}", page(&all))),
        ("responses one a line", format!("{}\n{}\n", page(first), page(second))),
        ("objects spread", all.iter().map(|record| format!("{record:#}\n")).collect()),
    ];
    for (name, text) in forms {
        let output = run(&[QUERY], text.as_bytes());
        assert!(output.status.success(), "{name}: {}", err(&output));
        assert_eq!(err(&output), "", "{name}");
        assert_eq!(out(&output), selected(&all), "{name}");
    }
}

#[test]
fn nothing_is_no_records() {
    for input in ["", "\n\n", "[]", " [ ] ", "{\"data\":[]}", "{\"data\": [\n], \"total\": 0}"] {
        let output = run(&["service = Box", "--count"], input.as_bytes());
        assert_eq!((out(&output), err(&output)), ("0\n", ""), "{input:?}");
    }
}

#[test]
fn a_line_is_printed_as_it_was() {
    let line = "{ \"appId\" :10489.0,  \"x\": \"\\u00e9\", \"x\":1e3 }";
    assert_eq!(out(&run(&["service = Box"], line.as_bytes())), format!("{line}\n"));
}

#[test]
fn a_record_that_has_a_member_data_is_a_record() {
    let text = "{\"appId\":10489,\"data\":[1,2]}\n{\"appId\":10489,\"data\":{}}\n";
    assert_eq!(out(&run(&["service = Box"], text.as_bytes())), text);
    let text = "{\"appId\":10489,\"data\":[{}]}\n";
    assert_eq!(out(&run(&["service = Box", "--input", "ndjson"], text.as_bytes())), text);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn packed_files_are_known_by_how_they_begin() {
    let folder = folder("packed");
    let all = records(20_000);
    let (first, second) = all.split_at(7_777);
    let (first, second) = (lines(first), lines(second));
    // A zstd frame without content, to be skipped.
    let skipped: &[u8] = b"\x50\x2a\x4d\x18\x03\0\0\0abc";
    let files = [
        ("gz", gzip(lines(&all).as_bytes())),
        ("two.gz", [gzip(first.as_bytes()), gzip(second.as_bytes())].concat()),
        ("zst", zstd(lines(&all).as_bytes())),
        ("two.zst", [&zstd(first.as_bytes()), skipped, &zstd(second.as_bytes()), skipped].concat()),
        ("array.zst", zstd(json!(all).to_string().as_bytes())),
        ("skipped.zst", [skipped, skipped, &zstd(lines(&all).as_bytes())].concat()),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, &bytes).unwrap();
        for output in [run(&[QUERY, path.to_str().unwrap()], b""), run(&[QUERY, "-"], &bytes)] {
            assert_eq!(err(&output), "", "{name}");
            assert!(out(&output) == selected(&all), "{name}");
        }
        let cut = run(&[QUERY], &bytes[..bytes.len() / 2]);
        assert_eq!(cut.status.code(), Some(2), "half of {name}");
    }
}

/// A zstd frame that holds a text as it is, with a checksum.
fn plain_frame(text: &str, checksum: [u8; 4]) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    let block = (u32::from(length) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x24, length], &block[..3], text.as_bytes(), &checksum].concat()
}

#[test]
fn a_zstd_frame_whose_content_changed_is_refused() {
    let text = "{\"appId\":10489}\n";
    // The lower half of the XXH64 of the text, least byte first.
    const CHECKSUM: [u8; 4] = [0xf4, 0x00, 0xfb, 0x21];
    let good = plain_frame(text, CHECKSUM);
    assert_eq!(
        out(&run(&["service = Box"], &good)),
        text,
        "{}",
        err(&run(&["service = Box"], &good))
    );
    let changed = plain_frame(&text.replace('9', "8"), CHECKSUM);
    let after = [zstd(text.as_bytes()), changed.clone(), good.clone()].concat();
    for bytes in [changed, after] {
        let output = run(&["service = Box"], &bytes);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("checksum"), "{}", err(&output));
    }
}

#[test]
fn a_record_has_a_greatest_length() {
    let folder = folder("long");
    let path = folder.join("file");
    let long = format!("{{\"appId\":10489,\"x\":\"{}\"}}", "x".repeat(3_000_000));
    let short = "{\"appId\":10489}\n";
    // Without a line's end the file is not read on, with one only the line is left out.
    for (text, selected) in [
        (format!("{short}{long}"), 1),
        (format!("{short}{long}\n{short}"), 1),
        (format!("{short}{}\n{short}", &long[..2_000]), 1),
        (format!("[{short},{long},{short}]"), 1),
        (format!("{{\"data\":[{short},{long},{short}]}}"), 1),
    ] {
        std::fs::write(&path, &text).unwrap();
        let path = path.to_str().unwrap();
        let output = run(&["service = Box", path, "--limit", "line_bytes=1000"], b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(out(&output).lines().count() >= selected, "{}", err(&output));
        assert!(err(&output).contains("longer than 1000 bytes"), "{}", err(&output));
        let named = err(&output).contains(&format!("{path}:2: "));
        assert!(named || err(&output).contains(&format!("{path}:record 2: ")), "{}", err(&output));
    }
    std::fs::write(&path, format!("{short}{long}\n")).unwrap();
    let output = run(&["service = Box", path.to_str().unwrap(), "--count"], b"");
    assert_eq!(out(&output), "2\n");
}

#[test]
fn a_record_has_a_greatest_depth() {
    let nested = |depth: usize| {
        format!("{{\"appId\":10489,\"x\":{}{}}}\n", "[".repeat(depth - 1), "]".repeat(depth - 1))
    };
    for (depth, limit, good) in [
        (127, None, true),
        (128, None, false),
        (9, Some("record_depth=8"), false),
        (8, Some("record_depth=8"), true),
        (1000, Some("record_depth=5000"), true),
        (1001, Some("record_depth=5000"), false),
        (1_000_000, Some("record_depth=5000000"), false),
    ] {
        let limit = limit.map(|limit| ["--limit", limit]).into_iter().flatten();
        let arguments: Vec<&str> = ["service = Box", "--count"].into_iter().chain(limit).collect();
        let output = run(&arguments, nested(depth).as_bytes());
        assert_eq!(out(&output), if good { "1\n" } else { "0\n" }, "{depth}: {}", err(&output));
        assert!(good || err(&output).contains("nested deeper than"), "{}", err(&output));
    }
}

#[test]
fn output_is_in_the_order_of_the_input_whatever_the_threads() {
    let folder = folder("order");
    let all = records(30_000);
    let mut arguments = vec![QUERY.to_owned()];
    for (place, part) in all.chunks(7_000).enumerate() {
        let path = folder.join(&place.to_string());
        std::fs::write(&path, lines(part)).unwrap();
        arguments.push(path.to_str().unwrap().to_owned());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    for threads in ["1", "2", "7"] {
        let output = run(&[&arguments[..], &["--threads", threads]].concat(), b"");
        assert!(out(&output) == selected(&all), "{threads} threads");
        let output = run(&[&arguments[..], &["--threads", threads, "--count"]].concat(), b"");
        let count = all.iter().filter(|record| is_selected(record)).count();
        assert_eq!(out(&output), format!("{count}\n"));
    }
}

#[test]
fn broken_lines_are_named_and_the_rest_is_done() {
    let folder = folder("broken");
    let path = folder.join("file");
    let mut text = lines(&records(5_000)).into_bytes();
    text.extend(
        b"{\"appId\":\n\n[1]\n{\"appId\":10489} x\n\"text\"\n{\"appId\":10489,\"a\":\"\xff\"}\n",
    );
    text.extend(lines(&[record(0), record(2)]).bytes());
    std::fs::write(&path, &text).unwrap();
    let path = path.to_str().unwrap();
    let good = records(5_000).into_iter().chain([record(0), record(2)]);
    let expected = selected(&good.collect::<Vec<_>>());
    for (on_error, status) in [("fail", 2), ("skip", 0)] {
        let output = run(&[QUERY, path, "--on-error", on_error], b"");
        assert_eq!(output.status.code(), Some(status));
        assert!(out(&output) == expected, "the others are done");
        let said = err(&output);
        for line in [5001, 5003, 5004, 5005, 5006] {
            assert!(said.contains(&format!("{path}:{line}: ")), "{line} in {said}");
        }
        assert!(!said.contains(":5002:") && !said.contains(":5007:"), "{said}");
        assert!(said.lines().last().unwrap().contains("5 lines are not records"), "{said}");
    }
}

#[test]
fn broken_lists_are_named_by_record() {
    for (text, selected, at) in [
        ("[{\"appId\":10489},{\"appId\":10489}", 2, "record 2: the text ends"),
        ("[{\"appId\":10489},{\"appId\":", 1, "record 2: "),
        ("[{\"appId\":10489},,{\"appId\":10489}]", 2, "record 2: "),
        ("[{\"appId\":10489},]", 1, "record 2: "),
        ("[{\"appId\":10489}{\"appId\":10489}]", 0, "record 1: something follows"),
        ("[{\"appId\":10489}] rest", 1, "record 2: "),
        ("[{\"appId\":1 0489}]", 0, "record 1: "),
        ("[{\"appId\":10489}, 7]", 1, "record 2: "),
        ("{\"data\":[{\"appId\":10489}]}\n{\"error\":1}", 1, "an object without a list `data`"),
        ("{\"data\":[{\"appId\":10489}]", 1, "the text ends"),
    ] {
        let output = run(&["service = Box"], text.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert_eq!(out(&output).lines().count(), selected, "{text}");
        assert!(err(&output).contains(at), "{text}: {}", err(&output));
    }
}

#[test]
fn fields_are_printed_by_name() {
    let output = run(
        &["service = Box", "--fields", "date,user.tags,location.country,activity.id"],
        lines(&[record(2)]).as_bytes(),
    );
    let expected = "{\"date\":1793534400002,\"user.tags\":[\"a\",\"b\"],\"location.country\":null,\"activity.id\":\"000000000000000000000002\"}\n";
    assert_eq!(out(&output), expected);
    let flat =
        run(&["policy = p1", "--layout", "flat", "--fields", "policy"], b"{\"policy\":\"p1\"}");
    assert_eq!(out(&flat), "{\"policy\":[\"p1\"]}\n");
    let unknown = run(&["service = Box", "--fields", "servce"], b"");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn every_clause_is_explained() {
    let text = "{\"appId\":10489}\n{\"appId\":11770,\"location\":{\"countryCode\":\"US\"}}\n";
    let output = run(
        &["service = Box and not (location.country = US or ip.category != Risky)", "--explain"],
        text.as_bytes(),
    );
    let expected = "\
not selected: {\"appId\":10489}
  true   service = Box
  true   not location.country = US (not set)
  false  not ip.category != Risky (not set)
not selected: {\"appId\":11770,\"location\":{\"countryCode\":\"US\"}}
  false  service = Box
  false  not location.country = US
  false  not ip.category != Risky (not set)
";
    assert_eq!(out(&output), expected);
}

#[test]
fn what_cannot_be_run_is_refused() {
    for (arguments, status, says) in [
        (&[][..], 2, "no query"),
        (&["-", "-"][..], 2, "standard input"),
        (&["servce = Box"][..], 1, "service"),
        (&["policy = p1"][..], 1, "T0502"),
        (&["service = Box limit 3"][..], 2, "order of the input"),
        (&["service = Box", "/no/such/file"][..], 2, "/no/such/file"),
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(says), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn the_query_can_come_from_a_file() {
    let folder = folder("query");
    std::fs::write(folder.join("query"), QUERY).unwrap();
    std::fs::write(folder.join("records"), lines(&records(10))).unwrap();
    let (query, file) = (folder.join("query"), folder.join("records"));
    let output = run(&["--file", query.to_str().unwrap(), file.to_str().unwrap()], b"");
    assert_eq!(out(&output), selected(&records(10)));
}

#[test]
fn whoever_has_read_enough_may_close_the_pipe() {
    let folder = folder("closed");
    let path = folder.join("file");
    std::fs::write(&path, lines(&records(60_000))).unwrap();
    let mut command = common::tamis();
    command
        .args(["run", "not service = 1", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut start = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
}

/// Records that come one by one are answered one by one.
#[test]
fn a_slow_stream_is_not_waited_for() {
    let mut command = common::tamis();
    command.args(["run", "service = Box"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    for _ in 0..3 {
        let line = lines(&[record(2)]);
        input.write_all(line.as_bytes()).unwrap();
        input.flush().unwrap();
        let mut answer = vec![0; line.len()];
        output.read_exact(&mut answer).unwrap();
        assert_eq!(answer, line.as_bytes());
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

const ORDERS: &str = "examples/orders/orders.toml";

fn noted(query: &str, records: &str, more: &[&str]) -> Output {
    run(
        &[&["--schema", ORDERS, "--now", "2026-11-28T12:00:00Z", query], more].concat(),
        records.as_bytes(),
    )
}

#[test]
fn values_of_another_type_are_told() {
    let mut records = String::new();
    for id in 1..=1200 {
        let total = if id == 7 || id > 100 { "\"?\"" } else { "1.5" };
        records.push_str(&format!("{{\"id\": {id}, \"total\": {total}, \"status\": \"open\"}}\n"));
    }
    let output = noted("total > 1 and status = open", &records, &["--count"]);
    assert_eq!(out(&output), "99\n");
    assert_eq!(
        err(&output),
        "note: total: 1,101 of 1,200 records hold no decimal number that is text or has at most 15 digits, \
         first at standard input:7\n"
    );
    let output = noted("total > 1", &records, &["--count", "--on-misfit", "fail"]);
    assert_eq!((out(&output), output.status.code()), ("99\n", Some(2)));
    let output = noted("total > 1", &records, &["--count", "--on-misfit", "ignore"]);
    assert_eq!((out(&output), err(&output)), ("99\n", ""));
    let output = noted("total > 1", "{\"total\": [2]}\n{\"total\": null}\n", &["--count"]);
    assert!(err(&output).starts_with("note: total: 1 of 2 records holds no"), "{}", err(&output));
}

/// Instants are read in the unit and zone of their row; what is out of reach is a misfit.
#[test]
fn instants_are_read_as_the_row_says() {
    let records = concat!(
        "{\"nano\": \"1793534400305999999\"}\n",
        "{\"nano\": 1793534400306000000}\n",
        "{\"sec\": 9223372036854776}\n",
        "{\"berlin\": \"2026-11-01 13:00\"}\n",
    );
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/matcher/times.toml");
    let query = "nano <= 2026-11-01T12:00:00.305Z or berlin = 2026-11-01T12:00:00Z or sec is set";
    let output = run(&["--schema", schema, query], records.as_bytes());
    let lines: Vec<&str> = records.lines().collect();
    assert_eq!(out(&output), format!("{}\n{}\n", lines[0], lines[3]), "{}", err(&output));
    assert!(err(&output).contains("no date or time"), "{}", err(&output));
}

#[test]
fn a_field_in_no_record_is_told_with_the_member_that_is_nearly_it() {
    for (query, record, expected) in [
        ("total > 1", "{\"Total\": 2}", "no record has `total`; did you mean the path `Total`?"),
        (
            "customer.name = a",
            "{\"customer\": {\"nmae\": 1}}",
            "no record has `customer.name`; did you mean the path `customer.nmae`?",
        ),
        ("total > 1", "{\"price\": 2}", "no record has `total`, at the path `total`"),
        (
            "total > 1",
            "{\"Records\": [{\"total\": 2}]}",
            "no record has `total`; do the records stand in `Records`? `--records Records`",
        ),
    ] {
        assert_eq!(err(&noted(query, record, &[])), format!("note: {expected}\n"), "{record}");
    }
    let lines = "{\"id\": 1}\n{\"id\": 2, \"total\": 2}\n";
    assert_eq!(err(&noted("total > 1", lines, &[])), "");
}

#[test]
fn records_can_stand_in_a_member_of_any_name() {
    let text = "{\"Records\": [{\"id\": 1}, {\"id\": 2}], \"data\": [{\"id\": 3}]}";
    let output = noted("id > 1", text, &["--records", "Records"]);
    assert_eq!((out(&output), err(&output)), ("{\"id\":2}\n", ""));
}
