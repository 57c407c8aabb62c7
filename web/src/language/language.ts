import type {
  Analysis, Compared, Compiled, Edit, Edited, HostValue, Hover, Imported, Matched, Opened, Problem, Setting, ZoneInput,
} from "./contract.js";
import { besideOr, load, type Module, type Source } from "./module.js";

/** A schema: the name of a shipped one, its versioned JSON form, or TOML text (full module only). */
export type SchemaInput = string | { tamis_schema: number; [key: string]: unknown } | { toml: string };

export interface OpenInput extends Setting {
  schema: SchemaInput;
  now: number;
  zone?: ZoneInput;
}

/** The compiler with one schema, clock and zone. Offsets count UTF-16 units. */
export class Language {
  readonly opened: Opened;
  readonly #module: Module;

  constructor(module: Module, input: OpenInput) {
    this.#module = module;
    this.opened = module.ask<Opened>({ method: "open", ...input });
  }

  #ask<T>(method: string, rest: Record<string, unknown>): T {
    return this.#module.ask<T>({ method, handle: this.opened.handle, ...rest });
  }

  set(setting: Setting): void { this.#ask("set", { ...setting }); }
  close(): void { this.#ask("close", {}); }
  /** `near`: few clauses and no tree, for the keys of a long text (`wasm/README.md`). */
  analyse(text: string, caret: number | null, host?: HostValue[], near = false): Analysis {
    return this.#ask("analyse", { text: wellFormed(text), caret, ...(host ? { host } : {}), ...(near ? { near } : {}) });
  }
  hover(text: string, offset: number): Hover | null { return this.#ask("hover", { text: wellFormed(text), offset }); }
  explain(text: string): string { return this.#ask<{ text: string }>("explain", { text: wellFormed(text) }).text; }
  format(text: string): Edited { return this.#ask("format", { text: wellFormed(text) }); }
  edit(text: string, edit: Edit): Edited { return this.#ask("edit", { text: wellFormed(text), edit }); }
  quote(value: string): string { return this.#module.ask<{ text: string }>({ method: "quote", value }).text; }

  /** Full module only. */
  compile(text: string, target: string, options: Record<string, unknown> = {}): Compiled {
    return this.#ask("compile", { text: wellFormed(text), target, ...options });
  }
  /** Full module only. */
  match(text: string, record: unknown): Matched { return this.#ask("match", { text: wellFormed(text), record }); }
  /** Full module only. */
  decompile(filters: unknown): { text: string; problems: Problem[] } { return this.#ask("decompile", { filters }); }
  /** Full module only. */
  compare(text: string, other: string): Compared {
    return this.#ask("compare", { text: wellFormed(text), other: wellFormed(other) });
  }
}

/** A lone surrogate is no character: each becomes U+FFFD, of the same length. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

export type Size = "core" | "full";

const sources: Record<Size, Source> = {
  core: () => besideOr(new URL("./tamis-core.wasm", import.meta.url), () => import("./inline-core.js")),
  full: () => besideOr(new URL("./tamis-full.wasm", import.meta.url), () => import("./inline-full.js")),
};
const loaded: Partial<Record<Size, Promise<Module>>> = {};

/** Says where a module is, for hosts that keep it elsewhere than beside the script. */
export function setSource(size: Size, source: Source): void {
  sources[size] = source;
  delete loaded[size];
}

/** The module, loaded once. A failure is not kept: the next call tries again. */
export function moduleOfSize(size: Size): Promise<Module> {
  return (loaded[size] ??= load(sources[size]).catch(error => {
    delete loaded[size];
    throw error;
  }));
}

/** The compiler with a schema. */
export async function open(input: OpenInput, size: Size = "core"): Promise<Language> {
  return new Language(await moduleOfSize(size), input);
}

/** The shipped schemas. */
export async function schemas(size: Size = "core"): Promise<{ name: string; title: string }[]> {
  return (await moduleOfSize(size)).ask({ method: "schemas" });
}

/** A filter table as pages publish it, as a schema in TOML. The full module reads it. */
export async function importTable(text: string, name?: string): Promise<Imported> {
  return (await moduleOfSize("full")).ask({ method: "import", text: wellFormed(text), ...(name ? { name } : {}) });
}

/** The targets of the full module. */
export async function targets(): Promise<{ name: string; aliases: string[]; title: string }[]> {
  return (await moduleOfSize("full")).ask({ method: "targets" });
}
