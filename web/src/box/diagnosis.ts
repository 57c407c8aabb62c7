import type { Analysis, Clause, Problem, Span } from "../language/contract.js";
import type { Mark } from "../surface/surface.js";
import type { Messages } from "./messages.js";
import { isAt, isError, type ShownProblem } from "./problems.js";
import type { Session } from "./session.js";

export interface DiagnosisHost {
  session(): Session | null;
  /** True while all clauses are shown. */
  showsAll(): boolean;
  messages(): Messages;
  /** The module has failed: the field goes on as a plain one. */
  failed(error: unknown): void;
}

/** What is known of the text, and which of its problems are shown by now. */
export class Diagnosis {
  readonly #host: DiagnosisHost;
  /** Of the text and caret that were last looked at, perhaps with the clauses near the caret alone. */
  analysis: Analysis | null = null;
  shown: ShownProblem[] = [];
  #looked: { text: string; caret: number; near: boolean } = { text: "", caret: 0, near: false };
  #target: { text: string; problems: Problem[] } = { text: "", problems: [] };
  /** The text for which no problem is held back. */
  #revealed: string | null = null;

  constructor(host: DiagnosisHost) { this.#host = host; }

  get invalid(): boolean { return this.shown.some(({ problem }) => isError(problem)); }
  get fixable(): boolean { return this.shown.some(({ problem }) => problem.fixes.length > 0); }

  /** Holds nothing back for a text. False when that was so already. */
  reveal(text: string): boolean {
    if (this.#revealed === text) return false;
    this.#revealed = text;
    return true;
  }

  /** All problems of a text, those of the target too. */
  problems(text: string): Problem[] {
    return [...(this.analysis?.problems ?? []), ...(this.#target.text === text ? this.#target.problems : [])];
  }

  /** Analyses a text. Errors at the caret are held back while it is typed. */
  look(text: string, caret: number): void {
    this.#analyse(text, caret, !this.#host.showsAll());
    const held = this.#revealed !== text;
    this.shown = this.problems(text)
      .filter(problem => !held || !isError(problem) || !(problem.typing || isAt(problem, caret)))
      .map(problem => ({ problem, ...this.#said(problem, text) }));
  }

  /** Asks the target for what it cannot say. True when it has something to say. */
  askTarget(text: string): boolean {
    const session = this.#host.session();
    if (!session || !this.analysis?.valid) return false;
    this.#target = { text, problems: session.targetProblems(text) };
    return this.#target.problems.length > 0;
  }

  messageOf(problem: Problem, text: string): string { return this.#said(problem, text).message; }

  /** A problem in the words of the page. */
  #said(problem: Problem, text: string): { message: string; help: string | null } {
    const field = this.#fieldBefore(problem.span[0]);
    const type = this.#host.session()?.field(field)?.type ?? null;
    const { message, help } = this.#host.messages().problem(problem, { text, field, type }) ?? problem;
    return { message: message.charAt(0).toUpperCase() + message.slice(1), help };
  }

  /** The marks of the text that was last looked at. */
  marks(text: string): Mark[] {
    const { analysis } = this;
    if (!analysis) return [];
    const marks: Mark[] = analysis.tokens.map(([from, to, kind]) => ({ span: [from, to], name: `t-${kind}` }));
    for (const clause of analysis.clauses) if (clause.muted) marks.push({ span: clause.span, name: "m-muted" });
    for (const { problem } of this.shown) marks.push({ span: visible(problem.span, text), name: isError(problem) ? "m-error" : "m-warning" });
    return marks;
  }

  /** With all clauses. */
  whole(): Analysis | null {
    const { text, caret, near } = this.#looked;
    if (near) this.#analyse(text, caret, false);
    return this.analysis;
  }

  /** The clause that the caret stands in. */
  clauseAt(caret: number): Clause | null {
    const analysis = caret === this.#looked.caret ? this.analysis : this.whole();
    return analysis?.clauses.find(({ span }) => span[0] <= caret && caret <= span[1]) ?? null;
  }

  #analyse(text: string, caret: number, near: boolean): void {
    const session = this.#host.session();
    this.#looked = { text, caret, near: near && session !== null };
    try {
      this.analysis = (near ? session?.near(text, caret) : session?.analyse(text, caret)) ?? null;
    } catch (error) {
      this.analysis = null;
      this.#looked.near = false;
      this.#host.failed(error);
    }
  }

  /** The name of the last field written before a place. */
  #fieldBefore(at: number): string | null {
    const clause = this.analysis?.clauses.findLast(({ field }) => field !== null && field.span[1] <= at);
    return clause?.field?.name ?? null;
  }
}

/** A problem between characters is shown at the one before it. */
function visible([from, to]: Span, text: string): Span {
  if (from < to) return [from, to];
  return from < text.length ? [from, from + 1] : [Math.max(0, text.trimEnd().length - 1), text.length];
}
