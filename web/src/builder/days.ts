import { el, icon, ICONS } from "../box/dom.js";
import type { BuilderMessages } from "../box/messages.js";
import type { Clause, FieldInfo, Takes } from "../language/contract.js";

/** Days that an operand writes out, as the language and the browser's calendar both spell them. */
const DAY = /\b\d{4}-\d\d-\d\d/g;

const TIMES = new Set(["timestamp", "date"]);
/** What operators take a day, and how many of them. */
const COUNTS: Partial<Record<Takes, number>> = { value: 1, values: 1, day: 1, ranges: 2 };

/** Buttons that open the browser's own calendar, one for each end of a range. */
export function dayButtons(text: string, clause: Clause, field: FieldInfo, takes: Takes, words: BuilderMessages): HTMLElement[] {
  const count = TIMES.has(field.type) ? COUNTS[takes] ?? 0 : 0;
  const written = daysOf(clause.operand ? text.slice(...clause.operand) : "");
  return Array.from({ length: count }, (_, position) => {
    const name = count === 1 ? words.pickDay : words.pickDayOf(position);
    return el("span", { class: "pick" },
      el("button", { type: "button", class: "small", "data-control": "pick-day", "data-position": String(position), "aria-label": name, title: name }, icon(ICONS.calendar)),
      // The calendar opens where this input lies. It is reached through the button alone.
      el("input", { type: "date", "data-control": "day", "data-position": String(position), "data-kind": "day", value: written[position] ?? "", tabindex: "-1", "aria-hidden": "true" }));
  });
}

const daysOf = (operand: string): string[] => operand.match(DAY) ?? [];

/** An operand with another day: where it has one at that position only the day changes. */
export function withDay(operand: string, takes: Takes, position: number, day: string): string {
  const written = daysOf(operand);
  if (position < written.length) {
    let n = 0;
    return operand.replace(DAY, found => (n++ === position ? day : found));
  }
  if (takes !== "ranges") return day;
  const [other = day] = written;
  return position === 0 ? `${day} and ${other}` : `${other} and ${day}`;
}
