import { el } from "../box/dom.js";
import type { BuilderMessages } from "../box/messages.js";
import type { Clause, Edit, FieldInfo, OperatorInfo, Takes } from "../language/contract.js";
import { dayButtons } from "./days.js";

/** How the value of a clause is edited. */
export type Editor = "none" | "choices" | "texts" | "operand";

const RAW = new Set(["string"]);

/** The editor that fits a clause, or null when it can be edited as text only. */
export function editorOf(text: string, clause: Clause, field: FieldInfo, takes: Takes): Editor | null {
  if (takes === "flag" || clause.operand === null) return clause.operand === null && takes === "flag" ? "none" : null;
  const simple = clause.values.length > 0 && clause.values.every(value => !value.value.startsWith("$"));
  if ((field.values.length > 0 || field.type === "boolean") && (takes === "values" || takes === "value")) return simple ? "choices" : "operand";
  if (RAW.has(field.type) && simple && takes !== "ranges") return "texts";
  return text.slice(...clause.operand).includes("\n") ? null : "operand";
}

/** The controls of a clause's values. */
export function valueControls(text: string, clause: Clause, field: FieldInfo, takes: Takes, editor: Editor, words: BuilderMessages): HTMLElement[] {
  switch (editor) {
    case "none": return [];
    case "operand": return [operandInput(text, clause, field, takes, words), ...dayButtons(text, clause, field, takes, words)];
    case "choices": return many(clause, takes, words, position => choice(clause, field, position, words));
    case "texts": return many(clause, takes, words, position => textInput(clause, position, words));
  }
}

export const isList = (takes: Takes): boolean => takes === "values" || takes === "strings";

function many(clause: Clause, takes: Takes, words: BuilderMessages, control: (position: number) => HTMLElement): HTMLElement[] {
  const controls = clause.values.map((_, position) => control(position));
  if (!isList(takes)) return controls;
  const add = el("button", { type: "button", class: "small", "data-control": "add-value", "aria-label": words.addValue, title: words.addValue }, "+");
  return clause.values.length > 1
    ? [...controls.flatMap((made, position) => [made, removeValue(position, words)]), add]
    : [...controls, add];
}

function removeValue(position: number, words: BuilderMessages): HTMLElement {
  return el("button", { type: "button", class: "small", "data-control": "remove-value", "data-position": String(position), "aria-label": words.removeValue(position + 1) }, "×");
}

function choice(clause: Clause, field: FieldInfo, position: number, words: BuilderMessages): HTMLElement {
  const value = clause.values[position];
  const options = choicesOf(field);
  const current = value ? (value.label ?? value.value) : "";
  const select = el("select", { "data-control": "value", "data-position": String(position), "data-kind": "choice", "aria-label": named(words, position, clause.values.length) });
  if (!options.includes(current)) options.unshift(current);
  for (const option of options) select.append(el("option", { value: option, ...(option === current ? { selected: "" } : {}) }, option));
  return select;
}

/** The values that a closed field can have, by name. */
export function choicesOf(field: FieldInfo): string[] {
  return field.type === "boolean" && field.values.length === 0 ? ["true", "false"] : field.values.map(value => value.label);
}

function textInput(clause: Clause, position: number, words: BuilderMessages): HTMLElement {
  return el("input", {
    type: "text", "data-control": "value", "data-position": String(position), "data-kind": "text", spellcheck: "false", autocomplete: "off",
    value: clause.values[position]?.value ?? "", "aria-label": named(words, position, clause.values.length),
  });
}

/** Types whose values are short. */
const SHORT = new Set(["integer", "double", "decimal"]);

function operandInput(text: string, clause: Clause, field: FieldInfo, takes: Takes, words: BuilderMessages): HTMLElement {
  return el("input", {
    type: "text", "data-control": "operand", "data-kind": field.type, spellcheck: "false", autocomplete: "off", class: takes === "days" || SHORT.has(field.type) ? "operand short" : "operand",
    value: clause.operand ? text.slice(...clause.operand) : "", "aria-label": words.value,
  });
}

const named = (words: BuilderMessages, position: number, count: number): string => (count > 1 ? `${words.value} ${position + 1}` : words.value);

/** The edit that gives a clause other values. */
export function withValues(clause: Clause, position: number, change: (values: string[]) => void): Edit {
  const values = clause.values.map(value => value.label ?? value.value);
  change(values);
  return { kind: "replace", clause: position, values };
}

const FIRST: Record<string, string> = { boolean: "true", integer: "0", double: "0", decimal: "0", timestamp: "today", date: "today" };

/** A clause to begin with, as the language writes it. */
export function newClause(field: FieldInfo, operator: OperatorInfo, quote: (value: string) => string): string {
  const operand = firstOperand(field, operator.takes, quote);
  const said = operator.label.includes("…") ? operator.label.replace(/… and …|…/, operand) : `${operator.name} ${operand}`;
  return `${field.name} ${said}`.trimEnd();
}

function firstOperand(field: FieldInfo, takes: Takes, quote: (value: string) => string): string {
  const [choice] = choicesOf(field);
  const one = choice !== undefined && field.type !== "boolean" ? quote(choice) : FIRST[field.type] ?? quote("value");
  const time = field.type === "timestamp" || field.type === "date";
  switch (takes) {
    case "flag": return "";
    case "days": return "7";
    case "length": return "7 days";
    case "ranges": return time ? "yesterday and today" : `${one} and ${one}`;
    case "values":
    case "strings":
    case "value":
    case "string":
    case "day": return one;
  }
}
