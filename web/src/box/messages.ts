import type { ItemKind, Problem } from "../language/contract.js";

/** A plain string or one made from its parts, so that a language can have its own plurals. */
export interface Messages {
  query: string;
  suggestions: string;
  suggestionCount: (count: number) => string;
  noSuggestions: string;
  loading: string;
  loadFailed: string;
  inserted: (label: string) => string;
  /** The active option, said on Apple's platforms: VoiceOver does not follow it by itself. */
  option: (label: string, kind: string, position: number, count: number) => string;
  kinds: Record<ItemKind | "recent" | "saved" | "host", string>;
  groups: Record<ItemKind | "recent" | "saved" | "host", string>;
  problems: string;
  problemCount: (count: number, first: string, fixable: boolean) => string;
  noProblems: string;
  problemAt: (position: number, count: number, message: string, fixable: boolean) => string;
  refused: (count: number, first: string) => string;
  severity: Record<string, string>;
  /** A problem in the language of the page, from its code and arguments; null for the module's own English. */
  problem: (problem: Problem, context: ProblemContext) => { message: string; help: string | null } | null;
  fixes: string;
  noFixes: string;
  fix: (title: string) => string;
  required: string;
  conditions: string;
  chip: (words: string, muted: boolean) => string;
  remove: (words: string) => string;
  removed: (words: string) => string;
  marked: (words: string) => string;
  negated: (words: string) => string;
  muted: (words: string) => string;
  unmuted: (words: string) => string;
  editRefused: string;
  joined: { and: string; or: string };
  not: string;
  all: (count: number) => string;
  any: (count: number) => string;
  none: string;
  removedRecent: (text: string) => string;
  /** What counts as now, for a time that is counted from it. */
  now: (at: number, zone: string) => string;
  builder: BuilderMessages;
}

export interface BuilderMessages {
  field: string;
  operator: string;
  value: string;
  addValue: string;
  pickDay: string;
  /** The button for the first (0) or the last (1) day of a range. */
  pickDayOf: (position: number) => string;
  removeValue: (position: number) => string;
  addRule: string;
  addGroup: string;
  removeRule: (words: string) => string;
  removeGroup: string;
  negate: string;
  mute: string;
  moveUp: string;
  moveDown: string;
  moved: (position: number, count: number) => string;
  editAsText: string;
  unreadable: string;
  join: string;
  matchAll: string;
  matchAny: string;
  empty: string;
  condition: (position: number) => string;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const KINDS = {
  field: "field", operator: "operator", value: "value", connective: "connective", mark: "mark", keyword: "keyword",
  filter: "named filter", parameter: "parameter", recent: "recent query", saved: "saved query", host: "value",
};

const GROUPS = {
  field: "Fields", operator: "Operators", value: "Values", connective: "Connectives", mark: "Marks", keyword: "Keywords",
  filter: "Named filters", parameter: "Parameters", recent: "Recent", saved: "Saved", host: "Values",
};

const fixHint = (fixable: boolean): string => (fixable ? ". Press Control period for fixes" : "");

/** The strings of the box in English. */
export const english: Messages = {
  query: "Query",
  suggestions: "Suggestions",
  suggestionCount: count => plural(count, "suggestion", "suggestions"),
  noSuggestions: "No suggestions",
  loading: "Loading",
  loadFailed: "Suggestions could not be loaded",
  inserted: label => `Inserted ${label}`,
  option: (label, kind, position, count) => `${label}, ${kind}, ${position} of ${count}`,
  kinds: KINDS,
  groups: GROUPS,
  problems: "Problems",
  problemCount: (count, first, fixable) => `${plural(count, "problem", "problems")}. ${first}${fixHint(fixable)}`,
  noProblems: "No problems",
  problemAt: (position, count, message, fixable) => `Problem ${position} of ${count}. ${message}${fixHint(fixable)}`,
  refused: (count, first) => `Not submitted. ${plural(count, "problem", "problems")}. ${first}`,
  severity: { error: "Error", warning: "Warning", info: "Note", hint: "Hint" },
  problem: englishProblem,
  fixes: "Fixes",
  noFixes: "No fixes here",
  fix: title => (title.charAt(0).toUpperCase() + title.slice(1)).replaceAll("`", ""),
  required: "Enter a query",
  conditions: "Filter conditions",
  chip: (words, muted) => (muted ? `${words}, muted` : words),
  remove: words => `Remove ${words}`,
  removed: words => `Removed ${words}. Press Control Z to undo`,
  marked: words => `${words} is marked. Press Backspace again to remove it`,
  negated: words => `Now ${words}`,
  muted: words => `Muted ${words}`,
  unmuted: words => `No longer muted: ${words}`,
  editRefused: "Correct the query first: this cannot be changed while it has errors",
  joined: { and: "and", or: "or" },
  not: "not",
  all: count => `All of, ${plural(count, "condition", "conditions")}`,
  any: count => `Any of, ${plural(count, "condition", "conditions")}`,
  none: "No conditions",
  now: (at, zone) => `now is ${instant(at, zone)} ${zone}`,
  removedRecent: text => `Removed ${text} from the recent queries`,
  builder: {
    field: "Field",
    operator: "Operator",
    value: "Value",
    addValue: "Add value",
    pickDay: "Pick a day",
    pickDayOf: position => (position === 0 ? "Pick the first day" : "Pick the last day"),
    removeValue: position => `Remove value ${position}`,
    addRule: "Add condition",
    addGroup: "Add group",
    removeRule: words => `Remove ${words}`,
    removeGroup: "Remove group",
    negate: "Not",
    mute: "Mute",
    moveUp: "Move up",
    moveDown: "Move down",
    moved: (position, count) => `Moved to ${position} of ${count}`,
    editAsText: "Edit as text",
    unreadable: "This part can be changed as text only",
    join: "Match",
    matchAll: "all of",
    matchAny: "any of",
    empty: "No conditions: every record is selected",
    condition: position => `Condition ${position}`,
  },
};

/** An instant on the clock of a zone, as the explanations write it. */
function instant(at: number, zone: string): string {
  const timeZone = /^[+-]/.test(zone) ? "UTC" : zone;
  const shifted = timeZone === zone ? at : at + (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * (zone.startsWith("-") ? -60_000 : 60_000);
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format.format(shifted).replace(" at ", ", ");
}

const WANTED: Record<string, string> = {
  integer: "A number is expected", double: "A number is expected", decimal: "A number is expected",
  timestamp: "A date or time is expected", date: "A date is expected", boolean: "`true` or `false` is expected",
};

export interface ProblemContext {
  text: string;
  /** The last field before the problem, and its type. */
  field: string | null;
  type: string | null;
}

/** What the box says in its own words, since it knows where the person stands. */
function englishProblem(problem: Problem, { text, field, type }: ProblemContext): { message: string; help: string | null } | null {
  if (problem.code === "T0201") return { message: `Unknown field ${text.slice(...problem.span)}`, help: problem.help };
  const wanted = problem.code === "T0111" && type ? WANTED[type] : undefined;
  return wanted ? { message: `${wanted} after \`${field}\``, help: null } : null;
}

/** The strings of a page laid over the English ones. */
export type MessagesInput = { [K in keyof Messages]?: Messages[K] extends (...args: never[]) => unknown ? Messages[K] : Partial<Messages[K]> };

export function messagesOver(given: MessagesInput | null): Messages {
  const all: Record<string, unknown> = { ...english };
  for (const [key, value] of Object.entries(given ?? {})) {
    const base = all[key];
    all[key] = typeof value === "object" && typeof base === "object" ? { ...base, ...value } : value;
  }
  return all as unknown as Messages;
}
