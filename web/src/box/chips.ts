import type { Analysis, Clause, Group, Place, Span, TreeItem } from "../language/contract.js";
import { el, icon, ICONS } from "./dom.js";
import type { Messages } from "./messages.js";

export interface Chip {
  place: Place | null;
  words: string;
  span: Span;
  negated: boolean;
  muted: boolean;
  connective: "and" | "or" | null;
}

/** One chip for each condition of the query's outermost group. */
export function chipsOf(text: string, analysis: Analysis, messages: Messages): Chip[] {
  const root = analysis.tree.at(-1);
  if (!root) return [];
  const chips = root.items.map(item => chipOf(text, item, analysis, messages));
  return chips.map((chip, position) => ({ ...chip, connective: position === 0 ? null : root.kind }));
}

function chipOf(text: string, item: TreeItem, analysis: Analysis, messages: Messages): Chip {
  const none = { negated: false, muted: false, connective: null };
  if ("unreadable" in item) return { ...none, place: null, words: text.slice(...item.unreadable), span: item.unreadable };
  if ("group" in item) {
    const { group } = item;
    return { ...none, place: { group: group.id }, words: wordsOfGroup(text, group, analysis, messages), span: group.span, negated: group.not };
  }
  const clause = analysis.clauses[item.clause];
  if (!clause) return { ...none, place: null, words: "", span: [0, 0] };
  return { ...none, place: { clause: item.clause }, words: wordsOf(clause), span: clause.span, negated: clause.not, muted: clause.muted };
}

/** A clause in words, its values by their labels alone. */
export function wordsOf(clause: Clause): string {
  if (clause.words === null) return clause.muted ? unmarked(clause.text) : clause.text;
  return clause.values.reduce((words, { label }) => (label === null ? words : withoutWire(words, label)), clause.words);
}

/** A muted clause without its mark and connective. */
function unmarked(text: string): string {
  return text.replace(/^#~+\s*(?:(?:and|or|&&|\|\|)(?=\s)\s*)?/i, "").replace(/\s+(?:and|or|&&|\|\|)\s*$/i, "");
}

/** `Risky (3)` is `Risky`. */
function withoutWire(words: string, label: string): string {
  const at = words.indexOf(`${label} (`);
  const end = at < 0 ? -1 : words.indexOf(")", at + label.length);
  return end < 0 ? words : words.slice(0, at + label.length) + words.slice(end + 1);
}

function wordsOfGroup(text: string, group: Group, analysis: Analysis, messages: Messages): string {
  const parts = group.items.map(item => {
    const { words } = chipOf(text, item, analysis, messages);
    return "group" in item && !item.group.not ? `(${words})` : words;
  });
  const inside = parts.join(` ${messages.joined[group.kind]} `);
  return group.not ? `${messages.not} (${inside})` : inside;
}

/** True when two chips are drawn alike. */
const looksLike = (chip: Chip, other: Chip | undefined): boolean =>
  other !== undefined && chip.words === other.words && chip.connective === other.connective && chip.negated === other.negated
  && chip.muted === other.muted && (chip.place === null) === (other.place === null);

export interface ChipsHost {
  goTo(chip: Chip): void;
  remove(chip: Chip): boolean;
  negate(chip: Chip): boolean;
  mute(chip: Chip): boolean;
  leave(): void;
  say(message: string): void;
}

interface View {
  item: HTMLLIElement;
  joint: HTMLElement;
  edit: HTMLButtonElement;
  remove: HTMLButtonElement;
}

/** The row of chips: a view of the text, one tab stop, arrows between chips. */
export class Chips {
  readonly element = el("ul", { class: "chips", part: "chips" });
  readonly #host: ChipsHost;
  #messages: Messages | null = null;
  #chips: Chip[] = [];
  #views: View[] = [];
  #current = 0;
  #marked = -1;

  constructor(host: ChipsHost) {
    this.#host = host;
    this.element.addEventListener("keydown", event => this.#key(event));
    this.element.addEventListener("focusin", event => this.#enter(this.#indexOf(event.target)));
    this.element.addEventListener("focusout", () => this.#mark(-1));
    this.element.addEventListener("click", event => this.#click(event));
  }

  show(chips: Chip[], messages: Messages): void {
    const drawn = this.#messages === messages ? this.#chips : [];
    this.#messages = messages;
    this.#chips = chips;
    this.element.setAttribute("aria-label", messages.conditions);
    this.element.hidden = chips.length === 0;
    while (this.#views.length > chips.length) this.#views.pop()?.item.remove();
    chips.forEach((chip, position) => { if (!looksLike(chip, drawn[position])) this.#draw(chip, position, messages); });
    this.#enter(Math.min(this.#current, Math.max(0, chips.length - 1)));
  }

  /** A chip is drawn again in its own elements, so that the focus stays where it is. */
  #draw(chip: Chip, position: number, messages: Messages): void {
    const view = (this.#views[position] ??= this.#create());
    const name = messages.chip(chip.words, chip.muted);
    view.joint.textContent = chip.connective ? messages.joined[chip.connective] : "";
    view.joint.hidden = chip.connective === null;
    view.edit.textContent = chip.words;
    view.edit.setAttribute("aria-label", name);
    view.edit.title = name;
    view.remove.setAttribute("aria-label", messages.remove(chip.words));
    view.remove.hidden = chip.place === null;
    view.item.setAttribute("part", ["chip", chip.negated && "chip-negated", chip.muted && "chip-muted"].filter(Boolean).join(" "));
    view.item.className = ["chip", chip.negated && "negated", chip.muted && "muted"].filter(Boolean).join(" ");
  }

  #create(): View {
    const joint = el("span", { class: "joint" });
    const edit = el("button", { type: "button", class: "chip-edit", tabindex: "-1" });
    const remove = el("button", { type: "button", class: "chip-remove", tabindex: "-1" }, icon(ICONS.cross));
    const item = el("li", {}, joint, edit, remove);
    this.element.append(item);
    return { item, joint, edit, remove };
  }

  #indexOf(target: EventTarget | null): number {
    return this.#views.findIndex(view => view.item.contains(target as Node | null));
  }

  #enter(position: number): void {
    if (position < 0) return;
    this.#views[this.#current]?.edit.setAttribute("tabindex", "-1");
    this.#current = position;
    this.#views[position]?.edit.setAttribute("tabindex", "0");
  }

  #focus(position: number): void {
    const view = this.#views[Math.max(0, Math.min(position, this.#views.length - 1))];
    view?.edit.focus();
  }

  #mark(position: number): void {
    this.#views[this.#marked]?.item.classList.remove("marked");
    this.#marked = position;
    this.#views[position]?.item.classList.add("marked");
  }

  #click(event: MouseEvent): void {
    const position = this.#indexOf(event.target);
    const [view, chip] = [this.#views[position], this.#chips[position]];
    if (!view || !chip) return;
    if (view.remove.contains(event.target as Node)) this.#remove(position);
    else if (view.edit.contains(event.target as Node)) this.#host.goTo(chip);
  }

  #remove(position: number): void {
    const chip = this.#chips[position];
    const messages = this.#messages;
    if (!chip || !messages || !this.#host.remove(chip)) return;
    this.#host.say(messages.removed(chip.words));
    if (this.#chips.length === 0) this.#host.leave();
    else this.#focus(Math.min(position, this.#chips.length - 1));
  }

  #key(event: KeyboardEvent): void {
    const position = this.#indexOf(event.target);
    const chip = this.#chips[position];
    if (!chip || event.isComposing) return;
    if (!this.#command(event, position, chip)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #command(event: KeyboardEvent, position: number, chip: Chip): boolean {
    const command = event.ctrlKey || event.metaKey;
    const rtl = getComputedStyle(this.element).direction === "rtl";
    const marked = this.#marked === position;
    if (event.key !== "Backspace") this.#mark(-1);
    switch (event.key) {
      case "ArrowLeft": this.#focus(position + (rtl ? 1 : -1)); return true;
      case "ArrowRight": this.#focus(position + (rtl ? -1 : 1)); return true;
      case "Home": this.#focus(0); return true;
      case "End": this.#focus(this.#views.length - 1); return true;
      case "Enter":
      case "F2": this.#host.goTo(chip); return true;
      case "Delete": this.#remove(position); return true;
      case "Backspace":
        if (marked) this.#remove(position);
        else { this.#mark(position); this.#host.say(this.#messages?.marked(chip.words) ?? ""); }
        return true;
      case "-": if (command) return false; this.#tell(this.#host.negate(chip), position, messages => messages.negated); return true;
      case "/": if (!command) return false; this.#tell(this.#host.mute(chip), position, messages => (chip.muted ? messages.unmuted : messages.muted)); return true;
      default: return false;
    }
  }

  #tell(done: boolean, position: number, said: (messages: Messages) => (words: string) => string): void {
    const chip = this.#chips[Math.min(position, this.#chips.length - 1)];
    if (done && chip && this.#messages) this.#host.say(said(this.#messages)(chip.words));
  }
}
