import type { Fix, Problem, Span } from "../language/contract.js";
import { codeText, el, icon, ICONS } from "./dom.js";
import type { Messages } from "./messages.js";

export interface ShownProblem {
  problem: Problem;
  message: string;
  help: string | null;
}

export const isError = (problem: Problem): boolean => problem.severity === "error";

/** True when the caret stands at the edge of a problem or in it. */
export const isAt = (problem: Problem, caret: number): boolean => problem.span[0] <= caret && caret <= problem.span[1];

/** The place in a sorted list of the problem after or before a selection, around the end. */
export function nextProblem(sorted: Problem[], [from, to]: Span, by: 1 | -1): number {
  const here = sorted.findIndex(({ span }) => span[0] === from && span[1] === to);
  if (here >= 0) return (here + by + sorted.length) % sorted.length;
  const found = by > 0 ? sorted.findIndex(({ span }) => span[0] > from) : sorted.findLastIndex(({ span }) => span[0] < from);
  return found >= 0 ? found : by > 0 ? 0 : sorted.length - 1;
}

/** The problems below the box, each with its fixes as buttons. */
export class ProblemList {
  readonly element = el("ul", { class: "problems", part: "problems" });
  onFix: (fix: Fix) => void = () => {};
  onGo: (problem: Problem) => void = () => {};
  #drawn = "";

  show(problems: ShownProblem[], messages: Messages): void {
    const key = JSON.stringify(problems);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.element.setAttribute("aria-label", messages.problems);
    this.element.hidden = problems.length === 0;
    this.element.replaceChildren(...problems.map(shown => this.#row(shown, messages)));
  }

  #row({ problem, message, help }: ShownProblem, messages: Messages): HTMLElement {
    const error = isError(problem);
    const severity = el("span", { class: "severity" }, icon(error ? ICONS.error : ICONS.warning), el("span", { class: "hidden" }, `${messages.severity[problem.severity] ?? problem.severity}: `));
    const words = el("span", { class: "message" }, ...codeText(message));
    if (help) words.append(": ", ...codeText(help));
    words.addEventListener("click", () => this.onGo(problem));
    const body = el("span", { class: "body" }, words);
    const row = el("li", { class: `problem ${error ? "error" : "warning"}`, part: "problem" }, severity, body);
    for (const fix of problem.fixes.slice(0, 3)) {
      const button = el("button", { type: "button", class: "fix", part: "fix" }, messages.fix(fix.title));
      button.addEventListener("click", () => this.onFix(fix));
      body.append(" ", button);
    }
    return row;
  }
}
