/**
 * What the WebAssembly module is asked and what it answers: the types of `wasm/README.md`.
 * Every offset counts UTF-16 units; every time is in ms since the epoch.
 */

export type Span = [start: number, end: number];

export type TokenKind =
  | "comment" | "keyword" | "connective" | "field" | "member" | "operator" | "word" | "number"
  | "text" | "parameter" | "reference" | "mark" | "invalid";

/** Start, end and kind of a token. */
export type Token = [start: number, end: number, kind: TokenKind];

export interface Fix {
  title: string;
  span: Span;
  text: string;
  /** True when it only respells what was written; false for a guess. */
  safe: boolean;
}

export interface Problem {
  code: string;
  severity: string;
  message: string;
  /** The key of the message's sentence, under which translations are kept, and what fills it. */
  template: string;
  args: Record<string, string | number | string[]>;
  span: Span;
  help: string | null;
  labels: { span: Span; text: string }[];
  fixes: Fix[];
  /** True when the caret is at it: wait before showing it. */
  typing: boolean;
}

export type ItemKind =
  | "field" | "operator" | "value" | "connective" | "mark" | "keyword" | "filter" | "parameter";

export interface Item {
  label: string;
  insert: string;
  kind: ItemKind;
  detail: string;
  doc: string;
  /** What `insert` replaces. */
  span: Span;
  /** Where the caret stands in the changed text. */
  caret: number;
  /** True when something has to follow. */
  more: boolean;
}

/** Where values of the host can stand. */
export interface Ask {
  field: string;
  operator: string | null;
  prefix: string;
}

export interface Completion {
  from: number;
  to: number;
  ask: Ask | null;
  items: Item[];
}

export interface HostValue {
  text: string;
  detail: string;
}

export interface Named {
  text: string;
  span: Span;
  /** The schema's or the table's own spelling; null when unknown. */
  name: string | null;
}

export interface Value {
  text: string;
  span: Span;
  value: string;
  label: string | null;
}

export interface Clause {
  span: Span;
  text: string;
  connective: "and" | "or" | null;
  /** `not` stands directly before it. */
  not: boolean;
  /** Under an odd number of `not`, those of groups included. */
  negated: boolean;
  muted: boolean;
  filter: string | null;
  field: Named | null;
  operator: Named | null;
  operand: Span | null;
  values: Value[];
  depth: number;
  group: number;
  index: number;
  /** No error within it. */
  ok: boolean;
  /** The clause in plain words; null while it has errors. */
  words: string | null;
}

export type TreeItem = { clause: number } | { group: Group } | { unreadable: Span };

export interface Group {
  id: number;
  filter: string | null;
  kind: "and" | "or";
  not: boolean;
  span: Span;
  brackets: boolean;
  items: TreeItem[];
}

export interface Analysis {
  tokens: Token[];
  problems: Problem[];
  completion: Completion | null;
  clauses: Clause[];
  /** One group a `let`, then that of the query. */
  tree: Group[];
  valid: boolean;
}

export interface OperatorInfo {
  /** As the text has it, up to its operand. */
  name: string;
  /** The same with `…` for an operand that words follow. */
  label: string;
  takes: Takes;
  /** In plain words. */
  doc: string;
}

export type Takes = "values" | "strings" | "value" | "string" | "ranges" | "days" | "length" | "day" | "flag";

export interface FieldInfo {
  name: string;
  aliases: string[];
  type: string;
  cardinality: "one" | "optional" | "many";
  operators: OperatorInfo[];
  values: { label: string; value: unknown; also: string[] }[];
  open: boolean;
  description: string;
  free_text: boolean;
}

export interface Opened {
  handle: number;
  name: string;
  title: string;
  description: string;
  fields: FieldInfo[];
  order: string[];
}

/** A zone's offsets: the seconds from UTC that hold from each instant on. */
export type ZoneInput = string | { name: string; changes: [utcMs: number, offsetSeconds: number][] };

/** What a target cannot say, as data. */
export interface Lacks {
  title: string;
  fields?: string[];
  operators?: string[];
  pairs?: [field: string, operator: string][];
}

export interface Setting {
  now?: number;
  zone?: ZoneInput;
  params?: Record<string, unknown>;
  lacks?: Lacks | null;
}

export type Place = { clause: number } | { group: number };

export type Edit =
  | { kind: "add"; text: string; connective?: "and" | "or"; group?: number; index?: number; beside?: Place }
  | ({ kind: "remove" | "negate" } & Place)
  | { kind: "mute" | "unmute"; clause: number }
  | { kind: "replace"; clause: number; field?: string; operator?: string; operand?: string; values?: string[]; text?: string }
  | ({ kind: "move"; by: -1 | 1 } & Place)
  | { kind: "join"; group: number; connective: "and" | "or" };

export interface Change {
  span: Span;
  text: string;
}

export interface Edited {
  text: string;
  changes: Change[];
  clause: number | null;
}

export interface Hover {
  span: Span;
  /** Markdown. */
  text: string;
  words: string | null;
  field: About | null;
  operator: About | null;
  value: About | null;
}

export interface Compiled {
  output: unknown;
  text: string;
  warnings: Problem[];
}

export interface Matched {
  matches: boolean;
  /** The clauses in the text's order, muted ones left out. */
  clauses: { span: Span; verdict: "true" | "false" | "notset" | "unknown"; holds: boolean | null; set: boolean }[];
}

/** A schema read from a published filter table. */
export interface Imported {
  /** The schema file; empty when the text holds no table. */
  toml: string;
  /** What the table left open. With an error among them the file is not to be used. */
  problems: Problem[];
}

export interface Compared {
  equal: boolean;
  relation: string;
  words: string;
  /** A record on which they differ. */
  example: unknown;
  only_first: unknown;
  only_second: unknown;
  both: unknown;
  /** True when order, limit and skip are the same. */
  same_tail: boolean;
}

/** A name and what there is to say about it. */
export interface About {
  name: string;
  detail: string;
  documentation: string;
  allows: string;
}

export interface Failure {
  code: string;
  message: string;
  problems?: Problem[];
}
