import type { ItemKind } from "../language/contract.js";
import { codeText, el, placePopover } from "./dom.js";
import type { Messages } from "./messages.js";

export interface Option {
  label: string;
  detail: string;
  doc: string;
  kind: ItemKind | "recent" | "saved";
  /** The group it stands in, by name. */
  group: string;
}

const PAGE = 10;

/** The list of suggestions: a listbox that scrolls, in a popover of the same shadow root. */
export class Listbox<T extends Option> {
  readonly list = el("div", { role: "listbox", id: "list", class: "list" });
  readonly popup: HTMLElement;
  readonly #status = el("div", { role: "status", class: "list-status" });
  readonly #doc = el("div", { class: "doc", "aria-hidden": "true" });
  #rows: HTMLElement[] = [];
  #options: T[] = [];
  #active = -1;
  onPick: (option: T) => void = () => {};

  constructor() {
    this.popup = el("div", { popover: "manual", part: "popup", class: "popup" }, this.list, this.#status, this.#doc);
    this.popup.addEventListener("pointerdown", event => event.preventDefault());
    this.list.addEventListener("click", event => {
      const row = (event.target as Element).closest<HTMLElement>("[role=option]");
      const option = row && this.#options[this.#rows.indexOf(row)];
      if (option) this.onPick(option);
    });
  }

  get shown(): boolean { return this.popup.matches(":popover-open"); }
  /** True while there are options to choose from. */
  get open(): boolean { return this.shown && this.#options.length > 0; }
  get options(): readonly T[] { return this.#options; }
  get position(): number { return this.#active; }
  get active(): T | null { return this.#options[this.#active] ?? null; }
  get activeId(): string | null { return this.#active < 0 ? null : `option-${this.#active}`; }

  show(given: T[], note: string, at: DOMRect | null, messages: Messages): void {
    const options = byGroup(given);
    this.#options = options;
    this.#active = -1;
    this.#rows = options.map((option, position) => row(option, position));
    this.list.setAttribute("aria-label", messages.suggestions);
    this.list.hidden = options.length === 0;
    this.list.replaceChildren(...grouped(options, this.#rows));
    this.list.scrollTop = 0;
    this.#status.textContent = note;
    this.#status.hidden = note === "";
    this.#describe();
    if (!this.shown) this.popup.showPopover();
    this.place(at);
  }

  place(at: DOMRect | null): void {
    if (at && this.shown) placePopover(this.popup, at);
  }

  hide(): void {
    if (this.shown) this.popup.hidePopover();
    this.#options = [];
    this.#rows = [];
    this.#active = -1;
    this.list.replaceChildren();
    this.#status.textContent = "";
  }

  activate(position: number): void {
    const count = this.#options.length;
    if (count === 0 || position === this.#active) return;
    this.#mark(false);
    this.#active = Math.max(-1, Math.min(position, count - 1));
    this.#mark(true);
    this.#rows[this.#active]?.scrollIntoView({ block: "nearest" });
    this.#describe();
  }

  /** The next or previous option, around the end. */
  step(by: 1 | -1): void {
    const count = this.#options.length;
    this.activate(this.#active < 0 ? (by > 0 ? 0 : count - 1) : (this.#active + by + count) % count);
  }

  page(by: 1 | -1): void {
    const count = this.#options.length;
    this.activate(Math.max(0, Math.min(count - 1, (this.#active < 0 ? (by > 0 ? -1 : count) : this.#active) + by * PAGE)));
  }

  #mark(active: boolean): void {
    const found = this.#rows[this.#active];
    found?.setAttribute("aria-selected", String(active));
    found?.setAttribute("part", active ? "option option-active" : "option");
  }

  #describe(): void {
    const doc = this.active?.doc ?? "";
    this.#doc.replaceChildren(...codeText(doc));
    this.#doc.hidden = doc === "";
  }
}

function row(option: Option, position: number): HTMLElement {
  const label = el("span", { class: `label k-${option.kind}` }, option.label);
  const line = el("div", { role: "option", id: `option-${position}`, "aria-selected": "false", part: "option", class: "option" }, label);
  if (option.detail && option.detail !== option.label) line.append(" ", el("span", { class: "detail" }, option.detail));
  return line;
}

/** The options of a group together, so that the keys walk them in the order that is seen. */
function byGroup<T extends Option>(options: T[]): T[] {
  const order = [...new Set(options.map(option => option.group))];
  return order.flatMap(group => options.filter(option => option.group === group));
}

/** The rows in named groups, in the order in which a group first comes. */
function grouped(options: readonly Option[], rows: HTMLElement[]): HTMLElement[] {
  const groups = new Map<string, HTMLElement>();
  options.forEach((option, position) => {
    let group = groups.get(option.group);
    if (!group) {
      const heading = el("div", { class: "heading", "aria-hidden": "true" }, option.group);
      group = el("div", { role: "group", "aria-label": option.group }, heading);
      groups.set(option.group, group);
    }
    const line = rows[position];
    if (line) group.append(line);
  });
  return [...groups.values()];
}
