import { Announcer } from "../box/announcer.js";
import { el } from "../box/dom.js";
import { wordsOf } from "../box/chips.js";
import { english } from "../box/messages.js";
import type { TamisQuery } from "../box/element.js";
import type { Clause, Edited, FieldInfo, Group, Place, Takes } from "../language/contract.js";
import { withDay } from "./days.js";
import { drawGroup, operatorOf, type Drawing } from "./draw.js";
import { morph } from "./morph.js";
import { builderSheet } from "./styles.js";
import { isList, newClause, withValues } from "./values.js";

const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Rows of field, operator and value: `<tamis-builder for="box"></tamis-builder>`, another view of a box's text. */
export class TamisBuilder extends Base {
  static get observedAttributes(): string[] { return ["for"]; }

  readonly #announcer = new Announcer();
  readonly #frame = el("div", { class: "frame", part: "builder" });
  #query: TamisQuery | null = null;
  #unobserve: () => void = () => {};
  #drawing: Drawing | null = null;

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [builderSheet()];
      root.append(this.#frame, this.#announcer.status);
      this.#frame.addEventListener("change", event => this.#changed(event));
      this.#frame.addEventListener("click", event => this.#clicked(event));
      this.#frame.addEventListener("keydown", event => this.#key(event));
    }
    this.#attach();
  }

  disconnectedCallback(): void { this.#unobserve(); this.#query = null; }
  attributeChangedCallback(): void { if (this.isConnected) this.#attach(); }

  /** The box whose text is shown. */
  get query(): TamisQuery | null { return this.#query; }
  set query(query: TamisQuery | null) {
    this.#unobserve();
    this.#query = query;
    this.#unobserve = query?.observe(() => this.#draw()) ?? (() => {});
    this.#draw();
  }

  #attach(): void {
    const id = this.getAttribute("for");
    const found = id === null ? null : (this.getRootNode() as Document | ShadowRoot).getElementById(id);
    if (!found) return;
    // The box may be defined after the builder.
    void customElements.whenDefined(found.localName).then(() => {
      const query = found as TamisQuery;
      if (this.isConnected && this.getAttribute("for") === id) { this.query = query; void query.ready.then(() => this.#draw()); }
    });
  }

  get #messages() { return this.#query?.messages ?? english; }

  #draw(): void {
    const query = this.#query;
    const analysis = query?.analysis;
    const root = analysis?.tree.at(-1);
    if (!query || !analysis || !root) { this.#frame.replaceChildren(); return; }
    const drawing = { text: query.value, analysis, fields: query.fields, messages: this.#messages, disabled: query.readOnly || query.disabled };
    this.#drawing = drawing;
    const next = el("div", { class: "frame", part: "builder" }, drawGroup(drawing, root, true));
    morph(this.#frame, next);
  }

  // What a person does.

  #changed(event: Event): void {
    const control = event.target as HTMLSelectElement | HTMLInputElement;
    const n = clauseOf(control);
    const clause = n === null ? null : this.#drawing?.analysis.clauses[n];
    const position = Number(control.dataset.position ?? 0);
    switch (control.dataset.control) {
      case "join": this.#edit({ kind: "join", group: groupOf(control), connective: control.value === "or" ? "or" : "and" }); return;
      case "field": if (n !== null) this.#edit({ kind: "replace", clause: n, text: this.#newClause(this.#field(control.value)) }); return;
      case "operator": if (n !== null) this.#operator(n, control.value); return;
      case "value": if (n !== null && clause) this.#edit(withValues(clause, n, values => { values[position] = control.value; })); return;
      case "operand": if (n !== null) this.#edit({ kind: "replace", clause: n, operand: control.value }); return;
      case "day": if (n !== null && clause) this.#day(n, clause, position, control.value); return;
      default: return;
    }
  }

  #clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-control]");
    if (!button) return;
    const n = clauseOf(button);
    const clause = n === null ? null : this.#drawing?.analysis.clauses[n];
    switch (button.dataset.control) {
      case "add": this.#add(groupOf(button), this.#newClause(this.#drawing?.fields.find(field => field.operators.length > 0))); return;
      case "add-group": this.#add(groupOf(button), `(${this.#newClause(this.#drawing?.fields.find(field => field.operators.length > 0))})`); return;
      case "remove": this.#remove(button); return;
      case "negate": this.#edit({ kind: "negate", ...placeOf(button) }); return;
      case "mute": if (n !== null && clause) this.#edit({ kind: clause.muted ? "unmute" : "mute", clause: n }); return;
      case "up": this.#move(button, -1); return;
      case "down": this.#move(button, 1); return;
      case "pick-day": button.parentElement?.querySelector("input")?.showPicker(); return;
      case "edit-text": this.#query?.show([Number(button.dataset.from), Number(button.dataset.to)]); return;
      case "add-value": if (n !== null && clause) this.#addValue(n); return;
      case "remove-value": if (n !== null && clause) this.#removeValue(n, Number(button.dataset.position)); return;
      default: return;
    }
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && target.closest("[data-row], [data-group]:not(.root)")) {
      event.preventDefault();
      this.#move(target, event.key === "ArrowUp" ? -1 : 1);
    } else if (command && /^[zy]$/i.test(event.key) && !(target instanceof HTMLInputElement && target.value !== target.getAttribute("value"))) {
      event.preventDefault();
      if (event.key.toLowerCase() === "y" || event.shiftKey) this.#query?.redo();
      else this.#query?.undo();
    }
  }

  // Edits.

  #edit(edit: Parameters<TamisQuery["edit"]>[0]): Edited | null {
    const edited = this.#query?.edit(edit) ?? null;
    // What was refused is shown as it is.
    if (!edited) { this.#announcer.now(this.#messages.editRefused); this.#draw(); }
    return edited;
  }

  #field(name: string): FieldInfo | undefined { return this.#drawing?.fields.find(field => field.name === name); }

  #newClause(field: FieldInfo | undefined, operator = field?.operators.find(found => found.takes !== "flag") ?? field?.operators[0]): string {
    const query = this.#query;
    return query && field && operator ? newClause(field, operator, value => query.quote(value)) : "";
  }

  #operator(n: number, label: string): void {
    const clause = this.#drawing?.analysis.clauses[n];
    const field = this.#field(clause?.field?.name ?? "");
    const next = field?.operators.find(found => found.label === label);
    const now = clause && field && operatorOf(clause, field);
    if (!clause || !field || !next || !now) return;
    if (next.takes === now.takes || (clause.values.length <= 1 && isPlain(next.takes) && isPlain(now.takes))) this.#edit({ kind: "replace", clause: n, operator: label });
    else this.#edit({ kind: "replace", clause: n, text: this.#newClause(field, next) });
  }

  #day(n: number, clause: Clause, position: number, day: string): void {
    const field = this.#field(clause.field?.name ?? "");
    const operator = field && operatorOf(clause, field);
    // A day that is cleared in the calendar leaves what is written.
    if (day === "" || !operator || !clause.operand) { this.#draw(); return; }
    const operand = withDay(this.#drawing?.text.slice(...clause.operand) ?? "", operator.takes, position, day);
    if (this.#edit({ kind: "replace", clause: n, operand })) this.#focus(`[data-clause="${n}"] [data-control=operand]`);
  }

  #add(group: number, text: string): void {
    const items = findGroup(this.#drawing?.analysis.tree ?? [], group)?.items.length ?? 0;
    const edited = this.#edit(items === 0 ? { kind: "add", text } : { kind: "add", text, group, index: items });
    if (edited && edited.clause !== null) this.#focus(`[data-clause="${edited.clause}"] [data-control=field]`);
  }

  #remove(from: HTMLElement): void {
    const item = from.closest<HTMLElement>(".item");
    const group = groupOf(item ?? from, true);
    const position = Number(item?.dataset.position ?? 0);
    const n = clauseOf(from);
    const clause = n === null ? null : this.#drawing?.analysis.clauses[n];
    if (!this.#edit({ kind: "remove", ...placeOf(from) })) return;
    this.#announcer.now(this.#messages.removed(clause ? wordsOf(clause) : this.#messages.kinds.filter));
    const items = [...(this.#frame.querySelector(`[data-group="${group}"]`) ?? this.#frame).querySelectorAll<HTMLElement>(":scope > .items > .item")];
    const next = items[Math.min(position, items.length - 1)]?.querySelector<HTMLElement>("select:enabled, input:enabled, button:enabled");
    if (next) next.focus();
    else this.#focus("[data-control=add]");
  }

  #move(from: HTMLElement, by: -1 | 1): void {
    const item = from.closest<HTMLElement>(".item");
    const control = from.dataset.control ?? "field";
    const place = placeOf(from);
    const group = groupOf(item ?? from, true);
    const to = Number(item?.dataset.position ?? 0) + by;
    const count = findGroup(this.#drawing?.analysis.tree ?? [], group)?.items.length ?? 0;
    if (to < 0 || to >= count || !this.#edit({ kind: "move", ...place, by })) return;
    const moved = `[data-group="${group}"] > .items > [data-position="${to}"]`;
    if (!this.#focus(`${moved} [data-control="${control}"]`)) this.#focus(`${moved} :is(select, input, button)`);
    this.#announcer.now(this.#messages.builder.moved(to + 1, count));
  }

  #addValue(n: number): void {
    const clause = this.#drawing?.analysis.clauses[n];
    const field = this.#field(clause?.field?.name ?? "");
    if (!clause || !field) return;
    const taken = new Set(clause.values.map(value => value.label ?? value.value));
    const free = field.values.map(value => value.label).find(label => !taken.has(label)) ?? "value";
    if (this.#edit(withValues(clause, n, values => values.push(free)))) this.#focus(`[data-clause="${n}"] [data-control=value][data-position="${taken.size}"]`);
  }

  #removeValue(n: number, position: number): void {
    const clause = this.#drawing?.analysis.clauses[n];
    if (!clause) return;
    this.#edit(withValues(clause, n, values => values.splice(position, 1)));
    this.#focus(`[data-clause="${n}"] [data-control=value]`);
  }

  #focus(selector: string): boolean {
    const found = this.#frame.querySelector<HTMLElement>(selector);
    found?.focus();
    return found !== null;
  }
}

/** The operand of one such operator is one of another when it is a single value. */
const isPlain = (takes: Takes): boolean => isList(takes) || takes === "value" || takes === "string";

function clauseOf(element: Element): number | null {
  const row = element.closest<HTMLElement>("[data-clause]");
  return row ? Number(row.dataset.clause) : null;
}

/** The group that an element is in; `outer`: the group that its item stands in. */
function groupOf(element: Element, outer = false): number {
  const from = outer ? element.closest(".item")?.parentElement : element;
  return Number(from?.closest<HTMLElement>("[data-group]")?.dataset.group ?? 0);
}

function placeOf(element: Element): Place {
  const n = clauseOf(element);
  return n === null ? { group: groupOf(element) } : { clause: n };
}

function findGroup(groups: readonly Group[], id: number): Group | null {
  for (const group of groups) {
    const inner = group.id === id ? group : findGroup(group.items.flatMap(item => ("group" in item ? [item.group] : [])), id);
    if (inner) return inner;
  }
  return null;
}

/** Defines the element. Importing defines nothing. */
export function define(name = "tamis-builder"): void {
  if (!customElements.get(name)) customElements.define(name, name === "tamis-builder" ? TamisBuilder : class extends TamisBuilder {});
}

declare global {
  interface HTMLElementTagNameMap { "tamis-builder": TamisBuilder }
}
