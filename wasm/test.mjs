// Asks the built modules, as a page or server would: `node wasm/test.mjs [core] [full]`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const NOW = Date.UTC(2026, 2, 10, 12);
const modules = ["core", "full"].filter(name => process.argv.length < 3 || process.argv.includes(name));

async function load(name) {
  const bytes = readFileSync(new URL(`out/tamis-${name}.wasm`, import.meta.url));
  const module = await WebAssembly.compile(bytes);
  assert.deepEqual(WebAssembly.Module.imports(module), [], "a module needs nothing from its host");
  const { memory, alloc, call, free } = (await WebAssembly.instantiate(module, {})).exports;
  const raw = bytes => {
    const at = alloc(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    const out = call(at, bytes.length);
    const length = new DataView(memory.buffer).getUint32(out, true);
    const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, out + 4, length)));
    free(out);
    return answer;
  };
  const ask = request => raw(new TextEncoder().encode(JSON.stringify(request)));
  const ok = request => {
    const answer = ask(request);
    assert.ok("ok" in answer, JSON.stringify(answer));
    return answer.ok;
  };
  const fails = (request, code) => {
    const answer = ask(request);
    assert.equal(answer.error?.code, code, JSON.stringify(answer));
    return answer.error;
  };
  return { ask, ok, fails, raw, memory };
}

/** The schema of the scenarios in docs/query-box.md. */
const schema = {
  tamis_schema: 1,
  name: "fixture",
  title: "Fixture",
  field: [
    { name: "app", type: "integer", operators: ["eq", "neq"], values: [
      { value: 1, label: "Box" }, { value: 2, label: "Dropbox" }, { value: 3, label: "Microsoft Teams" }] },
    { name: "user.name", type: "string", operators: ["eq", "neq", "contains"] },
    { name: "device.type", type: "string", operators: ["eq", "neq"], values: [
      { value: "Desktop", label: "Desktop" }, { value: "Mobile", label: "Mobile" }] },
    { name: "admin", type: "boolean", operators: ["eq"] },
    { name: "count", type: "integer", operators: ["eq", "gt", "gte", "lt", "lte"] },
    { name: "date", type: "timestamp", operators: ["gte", "lte", "range", "gte_ndays"] },
  ],
};

/** The changes of a zone's clock, by Intl alone. */
function zone(name) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
  const offset = at => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, +value]));
    return Math.round((Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - at) / 1000);
  };
  const changes = [[0, offset(0)]];
  const week = 7 * 86_400_000;
  for (let at = 0; at < Date.UTC(2100); at += week) {
    let [low, high] = [at, at + week];
    if (offset(low) === offset(high)) continue;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offset(middle) === offset(low)) low = middle; else high = middle;
    }
    changes.push([high, offset(high)]);
  }
  return { name, changes };
}

const apply = (text, changes) =>
  [...changes].sort((a, b) => b.span[0] - a.span[0])
    .reduce((text, { span, text: put }) => text.slice(0, span[0]) + put + text.slice(span[1]), text);

for (const name of modules) {
  const wasm = await load(name);
  const { ok, fails } = wasm;
  const open = (more = {}) => ok({ method: "open", schema, now: NOW, ...more }).handle;

  test(`${name}: schemas, shipped and given`, () => {
    const names = ok({ method: "schemas" }).map(row => row.name);
    assert.deepEqual(names, ["activities", "alerts", "entities", "files"]);
    for (const name of names) {
      const opened = ok({ method: "open", schema: name, now: NOW });
      assert.ok(opened.fields.length > 5 && opened.title.length > 0);
      ok({ method: "close", handle: opened.handle });
      fails({ method: "analyse", handle: opened.handle, text: "" }, "handle");
    }
    const opened = ok({ method: "open", schema, now: NOW });
    const app = opened.fields.find(field => field.name === "app");
    assert.deepEqual(app.values.map(value => value.label), ["Box", "Dropbox", "Microsoft Teams"]);
    assert.ok(app.operators.some(operator => operator.name === "=" && operator.takes === "values"));
    fails({ method: "open", schema: "nothing", now: NOW }, "schema");
    fails({ method: "open", schema: { ...schema, tamis_schema: 2 }, now: NOW }, "schema");
    const wrong = fails({ method: "open", now: NOW, schema: { ...schema, field: [{ name: "a", type: "colour", operators: [] }] } }, "schema");
    assert.match(wrong.problems[0].message, /colour/);
    fails({ method: "open", now: NOW, schema: { ...schema, fields: [] } }, "schema");
  });

  test(`${name}: near gives the clauses near caret and problems, and everything else`, () => {
    const handle = open();
    const text = "count > 1 and aap = Box and count > 2 #~ and app = Box\n and count > 3 and app = Box and (count > 4 or admin = tru";
    for (const caret of [0, 30, text.indexOf("> 3"), text.length]) {
      const { clauses, tree, ...rest } = ok({ method: "analyse", handle, text, caret });
      const near = ok({ method: "analyse", handle, text, caret, near: true });
      assert.deepEqual({ ...rest, tree: [], clauses: near.clauses }, near);
      assert.equal(tree.length, 1);
      const begins = rest.problems.map(({ span }) => clauses.findLastIndex(clause => clause.span[0] <= span[0]));
      const wanted = clauses.filter(({ span, muted }, n) => muted || (span[0] <= caret && caret <= span[1]) || begins.includes(n));
      assert.deepEqual(near.clauses, wanted);
      assert.ok(wanted.length < clauses.length);
    }
  });

  test(`${name}: analyse gives tokens, problems, completion and clauses`, () => {
    const handle = open();
    const text = "aap = Box and not count > 3";
    const found = ok({ method: "analyse", handle, text, caret: null });
    assert.equal(found.completion, null);
    assert.equal(found.valid, false);
    assert.deepEqual(found.tokens.map(([start, end, kind]) => [text.slice(start, end), kind]), [
      ["aap", "field"], ["=", "operator"], ["Box", "word"], ["and", "connective"], ["not", "connective"],
      ["count", "field"], [">", "operator"], ["3", "number"]]);
    const [problem] = found.problems;
    assert.deepEqual([problem.code, problem.span, problem.severity], ["T0201", [0, 3], "error"]);
    assert.equal(problem.template, "unknown_field");
    assert.equal(problem.args.field, "aap");
    assert.equal(apply(text, [problem.fixes[0]]), "app = Box and not count > 3");
    const [first, second] = found.clauses;
    assert.deepEqual([first.field.text, first.field.name, first.ok, first.words], ["aap", null, false, null]);
    assert.deepEqual([second.text, second.not, second.connective, second.operator.name], ["count > 3", true, "and", ">"]);
    assert.match(second.words, /^count is not more than 3/);
    assert.deepEqual(found.tree, [{ id: 0, filter: null, kind: "and", not: false, span: [0, 27], brackets: false,
      items: [{ clause: 0 }, { clause: 1 }] }]);
  });

  test(`${name}: completion replaces its own word and puts the caret behind it`, () => {
    const handle = open();
    const text = "app = Bo and count > 3";
    const { completion } = ok({ method: "analyse", handle, text, caret: 8 });
    assert.deepEqual(completion.items.map(item => item.label), ["Box"]);
    const [item] = completion.items;
    assert.deepEqual([completion.from, completion.to, item.span, item.kind], [6, 8, [6, 8], "value"]);
    const changed = apply(text, [{ span: item.span, text: item.insert }]);
    assert.equal(changed, "app = Box and count > 3");
    assert.equal(changed.slice(0, item.caret).trimEnd(), "app = Box");
    const all = ok({ method: "analyse", handle, text: "", caret: 0 }).completion.items;
    assert.ok(all.some(item => item.label === "device.type" && item.kind === "field" && item.more));
  });

  test(`${name}: values of the host are asked for, quoted and mean themselves`, () => {
    const handle = open();
    const text = "user.name = ";
    const asked = ok({ method: "analyse", handle, text, caret: text.length }).completion;
    assert.deepEqual(asked.ask, { field: "user.name", operator: "=", prefix: "" });
    for (const value of ["C:\\svc\\", "O\"Neil", "a b", "x) or (y", "🦀 ö", "and", "line\nbreak"]) {
      const { completion } = ok({ method: "analyse", handle, text, caret: text.length, host: [{ text: value, detail: "d" }] });
      const item = completion.items.find(item => item.detail === "d");
      assert.ok(item, value);
      const changed = apply(text, [{ span: item.span, text: item.insert }]);
      const found = ok({ method: "analyse", handle, text: changed, caret: null });
      assert.deepEqual(found.clauses.map(clause => clause.values.map(value => value.value)), [[value]]);
      assert.equal(found.valid, true);
      assert.equal(apply(text, [{ span: [text.length, text.length], text: ok({ method: "quote", value }).text }]), changed.trimEnd());
    }
  });

  test(`${name}: places count UTF-16 units`, () => {
    const handle = open();
    const text = "user.name = \"🦀ö\" and aap = 1";
    const { problems, tokens, clauses } = ok({ method: "analyse", handle, text, caret: null });
    assert.equal(text.slice(...problems[0].span), "aap");
    assert.deepEqual(tokens.map(([start, end]) => text.slice(start, end)), ["user.name", "=", "\"🦀ö\"", "and", "aap", "=", "1"]);
    assert.deepEqual(clauses.map(clause => text.slice(...clause.span)), clauses.map(clause => clause.text));
    const at = text.indexOf("aap") + 1;
    const { completion } = ok({ method: "analyse", handle, text: text.replace("aap = 1", "ap"), caret: at + 1 });
    const item = completion.items.find(item => item.label === "app");
    assert.deepEqual(item.span, [at - 1, at + 1]);
    assert.equal(item.caret, at - 1 + item.insert.length);
    fails({ method: "analyse", handle, text: 3 }, "request");
    const lone = wasm.raw(new TextEncoder().encode('{"method":"analyse","handle":0,"text":"\\ud800"}'));
    assert.equal(lone.error.code, "request");
  });

  test(`${name}: edits change their clause alone`, () => {
    const handle = open();
    const edit = (text, edit) => {
      const answer = ok({ method: "edit", handle, text, edit });
      assert.equal(apply(text, answer.changes), answer.text);
      return answer;
    };
    const text = "app = Box and not  device.type = Mobile # note 🦀\n and (count > 3 or admin = true)";
    assert.equal(edit(text, { kind: "remove", clause: 0 }).text, "not  device.type = Mobile # note 🦀\n and (count > 3 or admin = true)");
    for (const clause of [0, 1, 2, 3]) {
      const negated = edit(text, { kind: "negate", clause });
      assert.equal(edit(negated.text, { kind: "negate", clause: negated.clause }).text, text);
      const muted = edit(text, { kind: "mute", clause });
      const after = ok({ method: "analyse", handle, text: muted.text, caret: null });
      assert.deepEqual(after.clauses.map(clause => clause.muted), [0, 1, 2, 3].map(n => n === clause));
      assert.deepEqual(after.problems.filter(problem => problem.severity === "error"), []);
      assert.equal(after.clauses[clause].field.name, ["app", "device.type", "count", "admin"][clause]);
      assert.equal(edit(muted.text, { kind: "unmute", clause }).text, text);
    }
    assert.deepEqual(edit("app = Box or app = Dropbox", { kind: "add", text: "count > 3" }),
      { text: "(app = Box or app = Dropbox) and count > 3", clause: 2, changes: [{ span: [0, 0], text: "(" }, { span: [26, 26], text: ") and count > 3" }] });
    assert.equal(edit("app = Box and count > 3", { kind: "add", text: "admin = true", connective: "or", beside: { clause: 1 } }).text,
      "app = Box and (count > 3 or admin = true)");
    assert.equal(edit("", { kind: "add", text: "app = Box" }).text, "app = Box");
    assert.equal(edit("app = Box", { kind: "replace", clause: 0, values: ["a b", "c"] }).text, "app = (\"a b\", c)");
    assert.equal(edit("count > 3", { kind: "replace", clause: 0, operator: ">=" }).text, "count >= 3");
    assert.equal(edit("count   is set", { kind: "replace", clause: 0, operator: "=", operand: "4" }).text, "count   = 4");
    assert.deepEqual(edit("app = Box and count > 3", { kind: "move", clause: 1, by: -1 }), { text: "count > 3 and app = Box", clause: 0,
      changes: [{ span: [0, 9], text: "count > 3" }, { span: [14, 23], text: "app = Box" }] });
    assert.equal(edit("app = Box AND count > 3", { kind: "join", group: 0, connective: "or" }).text, "app = Box OR count > 3");
    fails({ method: "edit", handle, text: "app = Box) or (count = 3", edit: { kind: "add", text: "admin = true" } }, "refused");
    fails({ method: "edit", handle, text: "app = Box", edit: { kind: "add", text: "a = 1) or (b = 2" } }, "refused");
    fails({ method: "edit", handle, text: "app = Box", edit: { kind: "remove", clause: 4 } }, "refused");
    // A clause with a mistake leaves the others editable.
    const broken = "app = Box and count > and admin = true";
    const { clauses } = ok({ method: "analyse", handle, text: broken, caret: null });
    const last = clauses.findIndex(clause => clause.text === "admin = true");
    assert.equal(edit(broken, { kind: "replace", clause: last, operand: "false" }).text, "app = Box and count > and admin = false");
  });

  test(`${name}: the clock, the zone and parameters are the host's`, () => {
    const handle = open({ zone: zone("Europe/Paris") });
    const words = () => ok({ method: "analyse", handle, text: "date >= now-7d", caret: null }).clauses[0].words;
    assert.match(words(), /3 March 2026, 13:00 Europe\/Paris/);
    assert.match(ok({ method: "explain", handle, text: "date on 2026-07-01" }).text, /1 July 2026 Europe\/Paris/);
    ok({ method: "set", handle, now: Date.UTC(2026, 6, 10, 12), zone: "+05:30" });
    assert.match(words(), /3 July 2026, 17:30 \+05:30/);
    ok({ method: "set", handle, zone: null });
    assert.match(words(), /3 July 2026, 12:00 UTC/);
    fails({ method: "set", handle, zone: "Nowhere/City" }, "zone");
    fails({ method: "set", handle, zone: { name: "x", changes: [[5, 0], [4, 0]] } }, "zone");
    const text = "user.name = $who";
    assert.equal(ok({ method: "analyse", handle, text, caret: null }).valid, true);
    fails({ method: "explain", handle, text }, "query");
    ok({ method: "set", handle, params: { who: "ana" } });
    assert.match(ok({ method: "explain", handle, text }).text, /ana/);
  });

  test(`${name}: what a target lacks is a warning`, () => {
    const handle = open({ lacks: { title: "archive", fields: ["device.type"], pairs: [["count", ">"]] } });
    const text = "device.type = Mobile and count > 3 and count >= 3";
    const { problems, valid } = ok({ method: "analyse", handle, text, caret: null });
    const named = problems.filter(problem => problem.message.includes("archive"));
    assert.deepEqual(named.map(problem => text.slice(...problem.span)), ["device.type = Mobile", "count > 3"]);
    assert.ok(valid && named.every(problem => problem.severity === "warning"));
    ok({ method: "set", handle, lacks: null });
    assert.ok(!ok({ method: "analyse", handle, text, caret: null }).problems.some(problem => problem.message.includes("archive")));
  });

  test(`${name}: hover, format and what is not of the form`, () => {
    const handle = open();
    const hover = ok({ method: "hover", handle, text: "app = Box", offset: 7 });
    assert.deepEqual([hover.span, hover.value.name, hover.words], [[0, 9], "Box", "app is Box (1)"]);
    assert.equal(ok({ method: "hover", handle, text: "", offset: 0 }), null);
    assert.equal(ok({ method: "format", handle, text: "app=Box   AND  count>3" }).text, "app = Box and count > 3");
    fails({ method: "format", handle, text: "(app = Box" }, "query");
    fails({ method: "nothing" }, "method");
    fails({ method: "quote" }, "request");
    fails({ method: "quote", value: "a", more: 1 }, "request");
    for (const bytes of [[], [0xff], [0x7b], [0x5b, 0x5d]]) {
      assert.equal(wasm.raw(Uint8Array.from(bytes)).error.code, "request");
    }
  });

  test(`${name}: numbers with a fraction are those of JavaScript`, () => {
    const field = [{ name: "x", type: "double" }];
    const { handle } = ok({ method: "open", now: NOW, schema: { tamis_schema: 1, name: "x", field } });
    const numbers = [0.1, 0.1 + 0.2, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e21, 9007199254740993, 123456789.12345679];
    for (let n = 1; n < 300; n++) numbers.push(Math.sin(n) * 10 ** (n - 150), 1 / n, 2 ** (n - 150) * 1.1);
    for (const number of numbers) {
      const said = ok({ method: "explain", handle, text: `x = ${String(number).replace("+", "")}` }).text;
      assert.equal(Number(said.match(/ is (\S+?)\.(?:\s|$)/)[1]), number, said);
    }
  });

  test(`${name}: hostile and long texts are answered, and memory stays`, () => {
    const handle = open();
    const deep = "(".repeat(20_000) + "app = Box" + ")".repeat(20_000);
    assert.equal(ok({ method: "analyse", handle, text: deep, caret: 5 }).valid, false);
    const deepest = "(".repeat(100) + "app = Box" + ")".repeat(100);
    assert.equal(ok({ method: "analyse", handle, text: deepest, caret: null }).valid, true);
    ok({ method: "analyse", handle, text: "not ".repeat(20_000) + "app = Box", caret: null });
    const long = Array.from({ length: 150 }, (_, n) => `count > ${n} and user.name = user${n}`).join(" or ");
    // The first texts of a kind take what such a text needs; the cut ones end within a clause.
    for (let n = 0; n < 10; n++) ok({ method: "analyse", handle, text: long, caret: long.length });
    for (let n = 0; n < 60; n++) ok({ method: "analyse", handle, text: long.slice(0, 4200 - n), caret: 4200 - n });
    const before = wasm.memory.buffer.byteLength;
    const times = [];
    for (let n = 0; n < 60; n++) {
      const start = performance.now();
      ok({ method: "analyse", handle, text: long.slice(0, 4200 - n), caret: 4200 - n });
      times.push(performance.now() - start);
    }
    for (let n = 0; n < 3000; n++) ok({ method: "analyse", handle, text: `app = Box and count > ${n}`, caret: 3 });
    assert.equal(wasm.memory.buffer.byteLength, before, "memory grows");
    times.sort((a, b) => a - b);
    console.log(`${name}: analyse of 4,200 characters, min ${times[0].toFixed(1)} ms, median ${times[30].toFixed(1)} ms; memory ${before >> 10} KiB`);
  });

  if (name === "core") {
    test("core: has no targets and no TOML, and says so", () => {
      fails({ method: "targets" }, "method");
      fails({ method: "open", now: NOW, schema: { toml: "name = 'x'" } }, "schema");
    });
    continue;
  }

  test("full: compiles for every target", () => {
    const { handle } = ok({ method: "open", schema: "activities", now: NOW });
    const targets = ok({ method: "targets" });
    assert.ok(targets.length >= 19);
    for (const target of targets) {
      const found = ok({ method: "compile", handle, text: "ip.category = Risky", target: target.name });
      assert.ok(found.text.length > 3, target.name);
    }
    const sql = ok({ method: "compile", handle, text: "ip.category = Risky", target: "sqlite" });
    assert.deepEqual([sql.text, sql.output], ["\"ip_category\" = ?", { sql: "\"ip_category\" = ?", params: [3] }]);
    assert.deepEqual(ok({ method: "compile", handle, text: "ip.category = Risky", target: "api" }).output,
      { filters: { "ip.category": { eq: [3] } } });
    assert.match(ok({ method: "compile", handle, text: "ip.category = Risky", target: "sqlite", whole: true, inline: true, table: "t" }).text, /^SELECT[^]*3/);
    fails({ method: "compile", handle, text: "ip.category = Risky", target: "nothing" }, "target");
    fails({ method: "compile", handle, text: "ip.category = ", target: "api" }, "query");
  });

  test("full: says why a record matches", () => {
    const handle = open();
    const text = "app = Box and not admin = true and (count > 3 or user.name = ana)";
    const found = ok({ method: "match", handle, text, layout: "flat", record: { app: 1, count: 2, "user.name": "ana" } });
    assert.equal(found.matches, true);
    assert.deepEqual(found.clauses.map(({ span, verdict, holds }) => [text.slice(...span), verdict, holds]), [
      ["app = Box", "true", true], ["admin = true", "notset", true], ["count > 3", "false", false], ["user.name = ana", "true", true]]);
    fails({ method: "match", handle, text, record: [] }, "record");
  });

  test("full: decompiles, compares, reads TOML", () => {
    const { handle } = ok({ method: "open", schema: "activities", now: NOW });
    assert.equal(ok({ method: "decompile", handle, filters: { "ip.category": { eq: [3] } } }).text, "ip.category = Risky");
    assert.equal(ok({ method: "decompile", handle, filters: "{\"ip.category\":{\"eq\":[3]}}" }).text, "ip.category = Risky");
    const same = ok({ method: "compare", handle, text: "service = Box", other: "not service != Box" });
    assert.deepEqual([same.equal, same.relation], [true, "same"]);
    const narrower = ok({ method: "compare", handle, text: "service = Box", other: "service in (Box, Dropbox)" });
    assert.deepEqual([narrower.equal, narrower.relation], [false, "narrower"]);
    assert.ok("service" in narrower.example);
    const toml = "name = \"t\"\n[[field]]\nname = \"a\"\ntype = \"string\"\noperators = [\"eq\"]\n";
    assert.equal(ok({ method: "open", now: NOW, schema: { toml } }).fields[0].name, "a");
    const wrong = fails({ method: "open", now: NOW, schema: { toml: toml.replace("string", "colour") } }, "schema");
    assert.equal(toml.replace("string", "colour").slice(...wrong.problems[0].span), "\"colour\"");
  });

  test("full: reads a filter table as a schema", () => {
    const page = "| Filter | Type | Operators | Description |\n| --- | --- | --- | --- |\n| severity | integer | eq, neq | Filter by severity. Possible values include:<br>**0**: Low<br>**1**: High |";
    const read = ok({ method: "import", text: page, name: "alerts" });
    assert.deepEqual(read.problems, []);
    const opened = ok({ method: "open", now: NOW, schema: { toml: read.toml } });
    assert.deepEqual([opened.name, opened.fields.map(field => field.name)], ["alerts", ["severity"]]);
    assert.match(ok({ method: "explain", handle: opened.handle, text: "severity = High" }).text, /^alerts for which severity is High \(1\)/);
    const none = ok({ method: "import", text: "hello" });
    assert.equal(none.toml, "");
    assert.equal(none.problems[0].severity, "error");
  });
}
