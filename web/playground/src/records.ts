import { el } from "../../src/box/dom.js";
import type { Language } from "../../src/language/language.js";

const $ = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const SHOWN = 100;
const NAMES = { true: "true", false: "false", notset: "not set", unknown: "unknown" };

/** The records of the text field: a JSON array, or one value a line. Throws with the line that is wrong. */
export function readRecords(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  if (trimmed.startsWith("[")) return JSON.parse(trimmed) as unknown[];
  return trimmed.split("\n").filter(line => line.trim() !== "").map((line, position) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      throw new Error(`Line ${position + 1}: ${(error as Error).message}`);
    }
  });
}

/** A table: each record, whether it is selected, and each clause's part in that. */
export function drawVerdicts(language: Language | null, query: string, text: string): void {
  const [holder, count] = [$("verdicts"), $("records-count")];
  try {
    const records = readRecords(text);
    if (!language || records.length === 0) { holder.replaceChildren(); count.textContent = ""; return; }
    const clauses = language.analyse(query, null).clauses.filter(clause => !clause.muted);
    const rows = records.slice(0, SHOWN).map(record => ({ record, found: language.match(query, record) }));
    count.textContent = `${rows.filter(row => row.found.matches).length} of ${rows.length} selected`;
    const head = el("tr", {}, el("th", { scope: "col" }, "Selected"), ...clauses.map(clause => el("th", { scope: "col" }, el("code", {}, clause.text))), el("th", { scope: "col" }, "Record"));
    const body = rows.map(({ record, found }) => el("tr", {},
      el("td", { class: `verdict ${found.matches}` }, found.matches ? "✓ yes" : "✗ no"),
      ...found.clauses.map(({ verdict }) => el("td", { class: `verdict ${verdict}` }, NAMES[verdict])),
      el("td", { class: "record", title: JSON.stringify(record) }, el("code", {}, JSON.stringify(record)))));
    holder.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)));
  } catch (error) {
    holder.replaceChildren(el("p", { class: "error" }, (error as Error).message));
    count.textContent = "";
  }
}
