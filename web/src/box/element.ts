import type { Analysis, Edit, Edited, FieldInfo, Lacks, Matched, Problem, Span } from "../language/contract.js";
import { open, type SchemaInput } from "../language/language.js";
import { localZone, zoneInput } from "../language/zone.js";
import { QueryAttributes } from "./attributes.js";
import { astOf, type AstGroup } from "./ast.js";
import { Box, type BoxOwner } from "./box.js";
import { english, messagesOver, type Messages, type MessagesInput } from "./messages.js";
import { spoken } from "./dom.js";
import { scriptOf } from "./script.js";
import { isError } from "./problems.js";
import { nowOf, Session, type Clock } from "./session.js";
import { sheet } from "./styles.js";
import type { Provider } from "./values.js";

const ATTRIBUTES = [
  "value", "schema", "target", "time-zone", "clock", "label", "aria-label", "placeholder", "required", "readonly",
  "disabled", "chips", "multiline", "hints",
];
/** Properties that a page may have set before the element was defined. */
const PROPERTIES = [
  "value", "schema", "target", "timeZone", "clock", "label", "placeholder", "name", "required", "readOnly", "disabled",
  "chips", "multiline", "hints", "tabCompletes", "messages", "completions", "recent", "saved", "params",
] as const;
/** What has to be opened anew with another value. */
const OPENING = new Set(["schema", "target", "time-zone", "clock"]);

export interface SubmitDetail {
  text: string;
  ast: AstGroup | null;
  diagnostics: Problem[];
}

/** The query box: `<tamis-query schema="activities" label="Filter"></tamis-query>`. */
export class TamisQuery extends QueryAttributes implements BoxOwner {
  static readonly formAssociated = true;
  static get observedAttributes(): string[] { return ATTRIBUTES; }

  readonly #internals = this.attachInternals();
  #box: Box | null = null;
  #start: string | null = null;
  #dirty = false;
  #committed = "";
  #fieldsetDisabled = false;
  #diagnosed = "";
  #opening = 0;
  #ready: Promise<boolean> | null = null;
  #settled = false;
  #given: {
    schema?: SchemaInput | null; target?: string | Lacks | null; clock?: Clock; params?: Record<string, unknown> | null;
    completions?: Provider | null; recent?: readonly string[]; saved?: readonly string[];
  } = {};
  #messages: Messages = english;
  readonly #views = new Set<() => void>();

  // Life.

  connectedCallback(): void {
    if (this.#box) return;
    for (const name of PROPERTIES) this.#upgrade(name);
    const fallback = this.querySelector<HTMLInputElement>("input, textarea");
    if (fallback) fallback.disabled = true;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [sheet()];
    this.#committed = this.#start ?? this.getAttribute("value") ?? fallback?.value ?? "";
    this.#dirty ||= this.#start !== null;
    this.#box = new Box(root, this.#committed, this);
    this.#box.suggestions.values.provider = this.#given.completions ?? null;
    this.#refresh();
    this.addEventListener("focusin", this.#entered);
    this.addEventListener("focusout", this.#left);
    globalThis.addEventListener("scroll", this.#place, { capture: true, passive: true });
    globalThis.addEventListener("resize", this.#place, { passive: true });
    const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
    idle(() => this.#load());
  }

  disconnectedCallback(): void {
    this.#box?.suggestions.close();
    // A move in the document disconnects and connects in one task: what is kept then is kept.
    queueMicrotask(() => {
      if (this.isConnected || !this.#box) return;
      globalThis.removeEventListener("scroll", this.#place, { capture: true });
      globalThis.removeEventListener("resize", this.#place);
      this.#start = this.#box.text;
      this.#box.session?.close();
      this.#box.destroy();
      this.#box = null;
      this.#ready = null;
      this.shadowRoot?.replaceChildren();
    });
  }

  attributeChangedCallback(name: string, _old: string | null, value: string | null): void {
    if (!this.#box) return;
    if (name === "value" && !this.#dirty) this.#box.setText(value ?? "");
    else if (OPENING.has(name)) this.#reopen();
    else this.#refresh();
  }

  #upgrade(name: (typeof PROPERTIES)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const self = this as unknown as Record<string, unknown>;
    const value = self[name];
    delete self[name];
    self[name] = value;
  }

  readonly #place = (): void => { if (this.#box?.suggestions.listbox.shown) this.#box.suggestions.place(); };

  readonly #left = (): void => {
    if (this.#box && this.#box.text !== this.#committed) this.#commit();
  };

  #commit(): void {
    this.#committed = this.value;
    this.fire("change");
  }

  // The compiler.

  /** True when the language is there, false when the box stays a plain field. */
  get ready(): Promise<boolean> { return this.#ready ?? this.#open(); }

  readonly #load = (): void => { if (!this.#ready) void this.#open(); };

  readonly #entered = (): void => {
    this.#load();
    // A label may have come after the box.
    this.#box?.surface.refresh();
  };

  #reopen(): void {
    if (this.#ready) void this.#open();
  }

  #open(): Promise<boolean> {
    const turn = ++this.#opening;
    this.#settled = false;
    this.state("loading", true);
    this.#ready = this.#session().then(session => {
      if (turn !== this.#opening) { session?.close(); return this.ready; }
      this.#settled = true;
      this.state("loading", false);
      if (!this.#box || !session) { session?.close(); return false; }
      this.#box.session?.close();
      this.#box.session = session;
      this.#box.suggestions.values.forget();
      this.#refresh();
      return true;
    });
    return this.#ready;
  }

  async #session(): Promise<Session | null> {
    const schema = this.schema;
    if (schema === null) return null;
    try {
      return await Session.open({
        schema, clock: this.clock, zone: this.getAttribute("time-zone"), target: this.#targetInput(), params: this.#given.params ?? null,
      });
    } catch (error) {
      this.fire("tamis-error", { error });
      return null;
    }
  }

  #targetInput(): string | Lacks | null {
    const given = this.#given.target ?? this.getAttribute("target");
    return typeof given === "string" ? (scriptOf<Lacks>(this, given) ?? given) : given ?? null;
  }

  #refresh(): void { this.#box?.refresh(this.placeholder, this.hints); }

  // What the box asks of its element.

  get settings() {
    return {
      multiline: this.multiline, readonly: this.readOnly, disabled: this.disabled || this.#fieldsetDisabled,
      required: this.required, chips: this.chips,
    };
  }

  get tab(): "active" | "first" | "never" {
    const value = this.tabCompletes;
    return value === "first" || value === "never" ? value : "active";
  }

  /** Fires an event that crosses shadow roots. True when nobody cancelled it. */
  fire(name: string, detail?: unknown): boolean {
    const init = { bubbles: true, composed: true, cancelable: name === "tamis-submit" };
    if (name === "input") this.#dirty = true;
    return this.dispatchEvent(detail === undefined ? new Event(name, init) : new CustomEvent(name, { ...init, detail }));
  }

  get showsAll(): boolean { return this.#views.size > 0 || this.settings.chips; }

  state(name: string, on: boolean): void {
    if (on) this.#internals.states.add(name);
    else this.#internals.states.delete(name);
  }

  changed(text: string, analysis: Analysis | null): void {
    this.#internals.setFormValue(text, text);
    this.state("disabled", this.settings.disabled);
    this.state("readonly", this.readOnly);
    const box = this.#box;
    if (!box) return;
    const error = analysis?.problems.find(isError);
    if (error) this.#internals.setValidity({ customError: true }, spoken(box.messageOf(error)), box.surface.element);
    else if (this.required && text.trim() === "") this.#internals.setValidity({ valueMissing: true }, this.#messages.required, box.surface.element);
    else this.#internals.setValidity({});
    for (const view of this.#views) view();
    const diagnosed = JSON.stringify(box.problems);
    if (diagnosed === this.#diagnosed) return;
    this.#diagnosed = diagnosed;
    this.fire("tamis-diagnostics", { diagnostics: box.problems });
  }

  /** Submits the text as it stands, or says why not. */
  submit(): void {
    const box = this.#box;
    if (!box || this.settings.disabled) return;
    if (!this.#settled) return void this.ready.then(() => this.submit());
    box.reveal();
    if (!this.#internals.checkValidity()) {
      const errors = box.problems.filter(isError);
      const first = errors[0];
      box.warn(this.#messages.refused(Math.max(1, errors.length), first ? box.messageOf(first) : this.#messages.required));
      return;
    }
    if (box.text !== this.#committed) this.#commit();
    const detail: SubmitDetail = { text: box.text, ast: this.ast, diagnostics: box.problems };
    if (this.fire("tamis-submit", detail)) this.#internals.form?.requestSubmit();
  }

  forget(query: string): void {
    this.#given.recent = this.recent.filter(kept => kept !== query);
    this.fire("tamis-recent", { removed: query, recent: this.recent });
  }

  // Properties.

  get value(): string { return this.#box?.text ?? this.#start ?? this.getAttribute("value") ?? ""; }
  set value(text: string) {
    this.#dirty = true;
    const value = String(text ?? "");
    if (this.#box) { this.#box.setText(value); this.#committed = value; }
    else this.#start = value;
  }
  get defaultValue(): string { return this.getAttribute("value") ?? ""; }
  set defaultValue(text: string) { this.setAttribute("value", text); }

  /** A shipped schema's name, a schema in its JSON form, or TOML. As an attribute: a name, or the id of a JSON script. */
  get schema(): SchemaInput | null {
    const given = this.#given.schema;
    if (given !== undefined && typeof given !== "string") return given;
    const name = given ?? this.getAttribute("schema");
    return name ? (scriptOf<Exclude<SchemaInput, string>>(this, name) ?? name) : null;
  }
  set schema(schema: SchemaInput | null) { this.#given.schema = schema; this.#reopen(); }

  /** The target that is warned of: its name, or what it cannot say. */
  get target(): string | Lacks | null { return this.#given.target ?? this.getAttribute("target"); }
  set target(target: string | Lacks | null) { this.#given.target = target; this.#reopen(); }

  get clock(): Clock { return this.#given.clock ?? this.getAttribute("clock"); }
  set clock(clock: Clock) { this.#given.clock = clock; this.#reopen(); }

  get params(): Record<string, unknown> | null { return this.#given.params ?? null; }
  set params(params: Record<string, unknown> | null) { this.#given.params = params; this.#reopen(); }

  get completions(): Provider | null { return this.#given.completions ?? null; }
  set completions(provider: Provider | null) {
    this.#given.completions = provider;
    if (!this.#box) return;
    this.#box.suggestions.values.forget();
    this.#box.suggestions.values.provider = provider;
  }

  get messages(): Messages { return this.#messages; }
  set messages(messages: MessagesInput | null) { this.#messages = messagesOver(messages); this.#refresh(); }

  get recent(): readonly string[] { return this.#given.recent ?? []; }
  set recent(recent: readonly string[]) { this.#given.recent = [...recent]; }
  get saved(): readonly string[] { return this.#given.saved ?? []; }
  set saved(saved: readonly string[]) { this.#given.saved = [...saved]; }

  get label(): string {
    const labels = [...(this.#internals.labels ?? [])].map(label => label.textContent?.trim() ?? "").filter(Boolean);
    return this.getAttribute("label") ?? this.getAttribute("aria-label") ?? (labels.join(" ") || this.#messages.query);
  }
  set label(label: string) { this.setAttribute("label", label); }

  get ast(): AstGroup | null {
    const analysis = this.#box?.session ? this.#box.analysis : null;
    return analysis ? astOf(analysis) : null;
  }
  get analysis(): Analysis | null { return this.#box?.analysis ?? null; }
  get diagnostics(): Problem[] { return this.#box?.problems ?? []; }
  get valid(): boolean { return this.#internals.validity.valid; }
  get form(): HTMLFormElement | null { return this.#internals.form; }
  get validity(): ValidityState { return this.#internals.validity; }
  get validationMessage(): string { return this.#internals.validationMessage; }
  get willValidate(): boolean { return this.#internals.willValidate; }
  get type(): string { return "tamis-query"; }

  // Methods.

  override focus(): void { this.#box?.surface.focus(); }
  select(): void { this.#box?.surface.select([0, this.value.length]); this.focus(); }
  checkValidity(): boolean { return this.#internals.checkValidity(); }
  reportValidity(): boolean { this.#box?.reveal(); return this.#internals.reportValidity(); }
  undo(): boolean { return this.#box?.surface.undo() ?? false; }
  redo(): boolean { return this.#box?.surface.redo() ?? false; }

  /** Replaces a part of the text, by default what is selected, in one undo step. */
  setRangeText(text: string, start?: number, end?: number): void {
    const box = this.#box;
    if (!box) return;
    const [from, to] = box.surface.selection;
    box.surface.change([{ span: [start ?? from, end ?? start ?? to], text }], "host");
  }

  /** Adds a clause to the query: "add to filter". False when the query has errors or the clause is none. */
  addClause(clause: string, connective: "and" | "or" = "and"): boolean {
    return this.edit({ kind: "add", text: clause, connective }) !== null;
  }
  /** Removes the n-th clause, as `analysis.clauses` counts. */
  removeClause(clause: number): boolean { return this.edit({ kind: "remove", clause }) !== null; }
  /** An edit on the tree of clauses, in one undo step, as if a person had made it; null when it is refused. */
  edit(edit: Edit): Edited | null { return this.#box?.edit(edit) ?? null; }
  /** A value as the language writes it: quoted and escaped where that is needed. */
  quote(value: string): string { return this.#box?.session?.language.quote(value) ?? JSON.stringify(value); }
  /** Selects a part of the text and moves the focus there. */
  show(span: Span): void { this.#box?.surface.focus(); this.#box?.surface.select(span); }
  /** The fields of the schema; none before it is ready. */
  get fields(): readonly FieldInfo[] { return this.#box?.session?.fields ?? []; }
  /** Calls a view of the text after each change of it, whoever made it. Returns what ends that. */
  observe(view: () => void): () => void {
    this.#views.add(view);
    return () => this.#views.delete(view);
  }

  /** Writes the query in its canonical form. False when it has errors. */
  format(): boolean {
    const box = this.#box;
    if (!box?.session || this.readOnly) return false;
    try {
      box.apply(box.session.language.format(box.text).changes);
      return true;
    } catch {
      return false;
    }
  }

  /** The query in plain words, with the instants that its times come to; null when it has errors. */
  explain(): string | null {
    try {
      return this.#box?.session?.language.explain(this.value) ?? null;
    } catch {
      return null;
    }
  }

  /** Whether a record is selected, and each clause's part in it. Loads the full module. */
  async evaluate(record: unknown): Promise<Matched> {
    const schema = this.schema;
    if (schema === null) throw new TypeError("the box has no schema");
    const language = await open({ schema, now: nowOf(this.clock), zone: zoneInput(this.timeZone || localZone()), params: this.#given.params ?? undefined }, "full");
    try {
      return language.match(this.value, record);
    } finally {
      language.close();
    }
  }

  // Forms.

  formResetCallback(): void {
    this.#dirty = false;
    this.#committed = this.defaultValue;
    this.#box?.setText(this.defaultValue);
  }
  formDisabledCallback(disabled: boolean): void {
    this.#fieldsetDisabled = disabled;
    this.#refresh();
  }
  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state === "string") this.value = state;
  }
}

/** Defines the element, under another name if that is wanted. Importing defines nothing. */
export function define(name = "tamis-query"): void {
  if (!customElements.get(name)) customElements.define(name, name === "tamis-query" ? TamisQuery : class extends TamisQuery {});
}

declare global {
  interface HTMLElementTagNameMap { "tamis-query": TamisQuery }
}
