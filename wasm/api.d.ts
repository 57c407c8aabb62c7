// What the WebAssembly modules are asked and what they answer: see wasm/README.md.
// Printed from wasm/src by `TAMIS_PRINT=1 cargo test` in wasm; a test compares it.

/** A range of UTF-16 units: start, end. */
export type Span = [number, number];
/** Start, end and kind of a token. */
export type Token = [number, number, TokenKind];
/** The versioned JSON form of a schema: the keys of the TOML form. */
export type SchemaForm = { tamis_schema: 1; name: string; field: object[]; [key: string]: unknown };
/** `UTC`, an offset, or the offsets from UTC that hold from each instant on, in order. */
export type Zone = string | { name: string; changes: [utcMs: number, offsetSeconds: number][] };
/** What a target cannot say. */
export interface Lacks { title: string; fields?: string[]; operators?: string[]; pairs?: [field: string, operator: string][] }
/** A value that the host knows. */
export interface HostValue { text: string; detail?: string }
/** A clause or group by its number. */
export type Part = { clause: number } | { group: number };
/** An item of a group. */
export type TreeItem = { clause: number } | { group: Group } | { unreadable: Span };
/** An answer that is an error. */
export interface Failure {
  code: "request" | "method" | "handle" | "schema" | "zone" | "refused" | "query" | "record" | "target";
  message: string;
  problems?: Problem[];
}
/** Every answer. */
export type Answer<T> = { ok: T } | { error: Failure };
export type TokenKind = "comment" | "keyword" | "connective" | "field" | "member" | "operator" | "word" | "number" | "text" | "parameter" | "reference" | "mark" | "invalid";
export type ItemKind = "field" | "operator" | "value" | "connective" | "mark" | "keyword" | "filter" | "parameter";
export type Severity = "error" | "warning";
export type Connective = "and" | "or";
export type Relation = "same" | "narrower" | "wider" | "overlapping" | "disjoint" | "undecided";

/** A shipped schema. */
export interface SchemaName {
  name: string;
  title: string;
}

/** An opened schema. */
export interface Opened {
  /** What further requests name it by. */
  handle: number;
  name: string;
  title: string;
  description: string;
  fields: Field[];
  /** What can be sorted by. */
  order: string[];
}

/** A field of the schema. */
export interface Field {
  name: string;
  aliases: string[];
  type: string;
  /** "one", "optional" or "many". */
  cardinality: string;
  operators: Operator[];
  values: Value[];
  /** True when other values than the named ones are accepted. */
  open: boolean;
  description: string;
  /** True of the field that a quoted text standing alone searches. */
  free_text: boolean;
}

/** An operator that a field allows. */
export interface Operator {
  /** As the text has it, up to its operand. */
  name: string;
  /** The same with `…` for an operand that words follow; `replace` takes either. */
  label: string;
  /** "values", "strings", "value", "string", "ranges", "days", "length", "day" or "flag" (nothing). */
  takes: string;
  /** In plain words. */
  doc: string;
}

/** A named value. */
export interface Value {
  label: string;
  /** The value on the wire; a whole number beyond 2^53 as text, so that it keeps its digits. */
  value: unknown;
  also: string[];
}

/** Everything to show of a text. */
export interface Analysis {
  tokens: Token[];
  problems: Problem[];
  completion: Completion | null;
  /** In the text's order, muted ones where they stand. */
  clauses: Clause[];
  /** One group a named filter, then that of the query. */
  tree: Group[];
  /** True without errors. */
  valid: boolean;
}

/** An error or warning. */
export interface Problem {
  code: string;
  severity: Severity;
  message: string;
  /** The key of the message's sentence, under which translations are kept, and what fills it. */
  template: string;
  args: Record<string, string | number | string[]>;
  span: Span;
  help: string | null;
  labels: Label[];
  fixes: Fix[];
  /** True when the caret is at it: wait before showing it. */
  typing: boolean;
}

/** Another place that matters. */
export interface Label {
  span: Span;
  text: string;
}

/** A change that mends a problem. */
export interface Fix {
  title: string;
  span: Span;
  text: string;
  /** True when it only respells what was written; false of a guess. */
  safe: boolean;
}

/** What can stand at the caret. */
export interface Completion {
  /** What the first item replaces. */
  from: number;
  to: number;
  /** Values of the host can stand here. */
  ask: Ask | null;
  items: Item[];
}

/** What the host may be asked for. */
export interface Ask {
  field: string;
  operator: string | null;
  /** What was typed of the value, without quotes and escapes. */
  prefix: string;
}

/** Something that can stand at the caret. */
export interface Item {
  label: string;
  /** What to put in place of `span`. */
  insert: string;
  kind: ItemKind;
  detail: string;
  doc: string;
  span: Span;
  /** Where the caret goes in the changed text. */
  caret: number;
  /** True when something has to follow: open the list again. */
  more: boolean;
}

/** A clause of the text. */
export interface Clause {
  /** From the field to the end of the operand; of a muted one with its connective and marks. */
  span: Span;
  text: string;
  /** What joins it to what stands before it in its group. */
  connective: Connective | null;
  /** True under an odd number of its own `not`s. */
  not: boolean;
  /** True under an odd number of `not`s, those of groups included. */
  negated: boolean;
  /** True of a comment that can be a clause again. */
  muted: boolean;
  /** The named filter that it stands in. */
  filter: string | null;
  field: Name | null;
  operator: Name | null;
  operand: Span | null;
  values: Written[];
  /** How many groups it stands in, the outermost not counted. */
  depth: number;
  /** The id of its group. */
  group: number;
  /** Its place there. */
  index: number;
  /** True when no error is about it. */
  ok: boolean;
  /** It in plain English, with its own `not`; null while it has errors. */
  words: string | null;
}

/** A name in the text. */
export interface Name {
  text: string;
  span: Span;
  /** As the schema or the table of operators spells it; null when unknown. */
  name: string | null;
}

/** A value in the text. */
export interface Written {
  text: string;
  span: Span;
  /** Without quotes and escapes. */
  value: string;
  /** The label of the named value that it means. */
  label: string | null;
}

/** A group of clauses. */
export interface Group {
  id: number;
  filter: string | null;
  kind: Connective;
  /** True under an odd number of its own `not`s. */
  not: boolean;
  /** With its brackets and `not`s. */
  span: Span;
  brackets: boolean;
  items: TreeItem[];
}

/** What a place of the text is about. */
export interface Hover {
  span: Span;
  /** All of it as Markdown. */
  text: string;
  words: string | null;
  field: About | null;
  operator: About | null;
  value: About | null;
}

/** A name and what there is to say about it. */
export interface About {
  name: string;
  detail: string;
  documentation: string;
  allows: string;
}

/** A text. */
export interface Text {
  text: string;
}

/** A changed text. */
export interface Edited {
  text: string;
  changes: Change[];
  /** Where the new or changed clause stands in the clauses of the new text. */
  clause: number | null;
}

/** A change to a text. */
export interface Change {
  span: Span;
  text: string;
}

/** A target. */
export interface Target {
  name: string;
  aliases: string[];
  title: string;
}

/** What a query compiled to. */
export interface Compiled {
  /** As `tamis compile` prints it. A whole number beyond 2^53 loses digits where JavaScript */
  /** reads it: `text` has them all. */
  output: unknown;
  /** The same for a person to copy. */
  text: string;
  warnings: Problem[];
}

/** What a query says of a record. */
export interface Matched {
  matches: boolean;
  /** Its clauses in the text's order, muted ones left out. */
  clauses: Verdict[];
}

/** What a clause says of a record. */
export interface Verdict {
  span: Span;
  /** "true", "false", "notset" where the field is not set, "unknown" of a named filter. */
  verdict: string;
  /** Whether it holds, with its own `not`; null of a named filter. */
  holds: boolean | null;
  /** True when its field is set. */
  set: boolean;
}

/** A query read from filter JSON. */
export interface Decompiled {
  /** One query a line. */
  text: string;
  queries: string[];
  /** Places are those of the filter JSON. */
  problems: Problem[];
}

/** A schema read from a published filter table. */
export interface Imported {
  /** The schema file; empty when the text holds no table. */
  toml: string;
  /** What the table left open. With an error among them the file is not to be used. */
  problems: Problem[];
}

/** How two queries relate. */
export interface Compared {
  /** True when both select the same records. */
  equal: boolean;
  relation: Relation;
  words: string;
  /** A record on which they differ, where there is one. A whole number beyond 2^53 loses digits */
  /** where JavaScript reads it. */
  example: unknown;
  only_first: unknown;
  only_second: unknown;
  both: unknown;
  /** True when order, limit and skip are the same. */
  same_tail: boolean;
}

/** An edit on the clauses of a text: `clause` or `group` where both can be given. */
export type Edit =
  | { kind: "add"; text: string; connective?: Connective; group?: number; index?: number; beside?: Part }
  | { kind: "remove"; clause?: number; group?: number }
  | { kind: "negate"; clause?: number; group?: number }
  | { kind: "mute"; clause: number }
  | { kind: "unmute"; clause: number }
  | { kind: "replace"; clause: number; field?: string; operator?: string; operand?: string; values?: string[]; text?: string }
  | { kind: "move"; clause?: number; group?: number; by: -1 | 1 }
  | { kind: "join"; group: number; connective: Connective }
  ;

/** Each method: what it is asked with and answers. Those marked full are not in core. */
export interface Methods {
  schemas: { request: { method: "schemas" }; ok: SchemaName[] };
  open: { request: { method: "open"; schema: string | SchemaForm | { toml: string }; now: number; zone?: Zone | null; params?: Record<string, unknown> | null; lacks?: Lacks | null }; ok: Opened };
  set: { request: { method: "set"; handle: number; now?: number; zone?: Zone | null; params?: Record<string, unknown> | null; lacks?: Lacks | null }; ok: true };
  close: { request: { method: "close"; handle: number }; ok: true };
  analyse: { request: { method: "analyse"; handle: number; text: string; caret?: number | null; host?: HostValue[] | null; near?: boolean }; ok: Analysis };
  hover: { request: { method: "hover"; handle: number; text: string; offset: number }; ok: Hover | null };
  explain: { request: { method: "explain"; handle: number; text: string }; ok: Text };
  format: { request: { method: "format"; handle: number; text: string }; ok: Edited };
  quote: { request: { method: "quote"; value: string }; ok: Text };
  edit: { request: { method: "edit"; handle: number; text: string; edit: Edit }; ok: Edited };
  /** full */
  targets: { request: { method: "targets" }; ok: Target[] };
  /** full */
  compile: { request: { method: "compile"; handle: number; text: string; target: string; whole?: boolean; inline?: boolean; time?: string; native_time?: boolean; table?: string | null; document?: string | null }; ok: Compiled };
  /** full */
  match: { request: { method: "match"; handle: number; text: string; record: object; layout?: "nested" | "flat" }; ok: Matched };
  /** full */
  decompile: { request: { method: "decompile"; handle: number; filters: unknown }; ok: Decompiled };
  /** full */
  compare: { request: { method: "compare"; handle: number; text: string; other: string }; ok: Compared };
  /** full */
  import: { request: { method: "import"; text: string; name?: string }; ok: Imported };
}
