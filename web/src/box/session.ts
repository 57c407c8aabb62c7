import type { Analysis, FieldInfo, HostValue, Lacks, Problem, Setting } from "../language/contract.js";
import { Language, moduleOfSize, type SchemaInput, type Size } from "../language/language.js";
import { localZone, zoneInput } from "../language/zone.js";

export type Clock = number | string | Date | (() => number) | null;

export interface SessionInput {
  schema: SchemaInput;
  clock: Clock;
  zone: string | null;
  target: string | Lacks | null;
  params: Record<string, unknown> | null;
}

/** The compiler behind a box: one schema, clock and zone, and the last analysis. */
export class Session {
  readonly language: Language;
  readonly #input: SessionInput;
  readonly #size: Size;
  #now: number;
  #last: { text: string; caret: number | null; near: boolean; found: Analysis } | null = null;

  private constructor(language: Language, input: SessionInput, size: Size, now: number) {
    this.language = language;
    this.#input = input;
    this.#size = size;
    this.#now = now;
  }

  static async open(input: SessionInput): Promise<Session> {
    const size: Size = typeof input.target === "string" || needsFull(input.schema) ? "full" : "core";
    const module = await moduleOfSize(size);
    const now = nowOf(input.clock);
    const setting: Setting = { zone: zoneInput(input.zone ?? localZone()) };
    if (input.params) setting.params = input.params;
    if (input.target && typeof input.target !== "string") setting.lacks = input.target;
    return new Session(new Language(module, { schema: input.schema, now, ...setting }), input, size, now);
  }

  close(): void { this.language.close(); }

  get now(): number { return this.#now; }
  get zone(): string { return this.#input.zone ?? localZone(); }
  get fields(): FieldInfo[] { return this.language.opened.fields; }
  get full(): boolean { return this.#size === "full"; }
  field(name: string | null): FieldInfo | null { return this.fields.find(field => field.name === name) ?? null; }

  /** The last answer is kept: marks, problems, list and chips of one key ask once. */
  analyse(text: string, caret: number | null): Analysis { return this.#analyse(text, caret, false); }

  /** The same with few clauses and no tree: what a key in a long text needs. */
  near(text: string, caret: number, host?: HostValue[]): Analysis {
    if (!host) return this.#analyse(text, caret, true);
    this.#tick();
    return this.language.analyse(text, caret, host, true);
  }

  #analyse(text: string, caret: number | null, near: boolean): Analysis {
    this.#tick();
    const last = this.#last;
    if (last && last.text === text && (last.caret === caret || caret === null) && (near || !last.near)) return last.found;
    const found = this.language.analyse(text, caret, undefined, near);
    this.#last = { text, caret, near, found };
    return found;
  }

  /** What the named target refuses: warnings here, since another target may be asked. */
  targetProblems(text: string): Problem[] {
    const { target } = this.#input;
    if (typeof target !== "string" || text.trim() === "") return [];
    try {
      return this.language.compile(text, target).warnings.map(asWarning);
    } catch (error) {
      const problems = (error as { problems?: Problem[] }).problems ?? [];
      return problems.map(asWarning);
    }
  }

  /** The clock moves: an analysis of another second is another one. */
  #tick(): void {
    const now = nowOf(this.#input.clock);
    if (Math.abs(now - this.#now) < 1000) return;
    this.#now = now;
    this.#last = null;
    this.language.set({ now });
  }
}

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: "warning" });

const needsFull = (schema: SchemaInput): boolean => typeof schema === "object" && "toml" in schema;

/** The instant that a clock shows, in ms since the epoch. */
export function nowOf(clock: Clock): number {
  if (clock === null) return Date.now();
  const value = typeof clock === "function" ? clock() : clock;
  if (typeof value === "number") return Math.round(value);
  const at = value instanceof Date ? value.getTime() : /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isFinite(at) ? at : Date.now();
}
