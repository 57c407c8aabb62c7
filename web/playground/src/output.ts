import { codeText, el } from "../../src/box/dom.js";
import type { Problem } from "../../src/language/contract.js";
import type { Language } from "../../src/language/language.js";

export interface Target { name: string; title: string }

type Note = Pick<Problem, "severity" | "message" | "help">;

interface Made { text: string; problems: Note[]; refused: boolean }

const $ = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

/** The targets, what the chosen one makes of the query, and which of them refuse it. */
export class Output {
  target = "api";
  #targets: readonly Target[] = [];
  #made = new Map<string, Made>();
  onChoose: () => void = () => {};

  get text(): string { return this.#made.get(this.target)?.text ?? ""; }

  setTargets(targets: readonly Target[]): void {
    this.#targets = targets;
    $("targets").replaceChildren(...targets.map(({ name }) => {
      const input = el("input", { type: "radio", name: "target", value: name });
      input.checked = name === this.target;
      input.addEventListener("change", () => { this.target = name; this.onChoose(); this.draw(); });
      return el("label", { "data-target": name }, input, el("span", { class: "dot none" }), el("span", {}, name), el("span", { class: "hidden state" }));
    }));
  }

  compile(language: Language, text: string, options: Record<string, unknown>): void {
    this.#made = new Map(this.#targets.map(({ name }) => [name, made(language, text, name, options)]));
    this.draw();
  }

  /** The query has mistakes: that is no target's fault. */
  clear(): void {
    this.#made.clear();
    this.draw();
    $("output-notes").replaceChildren(el("li", {}, "The query has mistakes: they are named below the box."));
  }

  draw(): void {
    for (const label of $("targets").querySelectorAll<HTMLElement>("[data-target]")) {
      const found = this.#made.get(label.dataset.target ?? "");
      const state = !found ? "none" : found.refused ? "refused" : found.problems.length > 0 ? "warned" : "good";
      label.querySelector(".dot")?.setAttribute("class", `dot ${state}`);
      const said = label.querySelector(".state");
      if (said) said.textContent = state === "refused" ? ", cannot say this" : state === "warned" ? ", with a warning" : "";
    }
    const found = this.#made.get(this.target);
    $("target-title").textContent = this.#targets.find(({ name }) => name === this.target)?.title ?? "";
    $("output").textContent = found?.text ?? "";
    $("output-notes").replaceChildren(...(found?.problems ?? []).map(note));
  }
}

function made(language: Language, text: string, target: string, options: Record<string, unknown>): Made {
  try {
    const { output, text: out, warnings } = language.compile(text, target, options);
    return { text: pretty(out, output), problems: warnings, refused: false };
  } catch (error) {
    const { problems, message } = error as { problems?: Problem[]; message: string };
    return { text: "", problems: problems?.length ? problems : [{ severity: "error", message, help: null }], refused: true };
  }
}

/** JSON is shown in lines; other texts as they are. */
function pretty(text: string, output: unknown): string {
  if (typeof output === "object" && output !== null && /^[[{]/.test(text)) return JSON.stringify(output, null, 2);
  return text;
}

function note(problem: Note): HTMLElement {
  const help = problem.help ? [": ", ...codeText(problem.help)] : [];
  return el("li", { class: problem.severity === "error" ? "error" : "warning" }, ...codeText(problem.message), ...help);
}
