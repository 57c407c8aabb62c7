import type { Analysis, Change, Edit, Edited, Fix, Hover, Item, Problem } from "../language/contract.js";
import { CodeMirrorSurface } from "../surface/codemirror.js";
import type { Mark, Origin, Surface, SurfaceHost, SurfaceSettings } from "../surface/surface.js";
import { Announcer } from "./announcer.js";
import { comboboxAttributes } from "./aria.js";
import { Chips, chipsOf, wordsOf, type Chip, type ChipsHost } from "./chips.js";
import { Diagnosis } from "./diagnosis.js";
import { apple, codeText, el, icon, ICONS, spoken } from "./dom.js";
import { explained } from "./explain.js";
import { HoverCard, type HoverHost } from "./hover.js";
import { commandOf, type Command, type KeyState } from "./keys.js";
import { FixMenu } from "./menu.js";
import type { Messages } from "./messages.js";
import { isAt, nextProblem, ProblemList } from "./problems.js";
import type { Session } from "./session.js";
import { Suggestions, type Suggestion, type SuggestionsHost } from "./suggestions.js";

/** What the element tells its box, and what it does for it. */
export interface BoxOwner {
  readonly messages: Messages;
  readonly label: string;
  readonly recent: readonly string[];
  readonly saved: readonly string[];
  readonly tab: KeyState["tab"];
  readonly settings: SurfaceSettings & { required: boolean; chips: boolean };
  /** True while chips or a builder show every clause. */
  readonly showsAll: boolean;
  fire(name: string, detail?: unknown): boolean;
  state(name: string, on: boolean): void;
  /** The text or its problems changed. */
  changed(text: string, analysis: Analysis | null): void;
  submit(): void;
  forget(query: string): void;
}

/** A problem at the caret is held back until the typist pauses for so long. */
const IDLE = 600;
/** The keys that move the caret: what was active in the list is left. */
const CARET_KEYS = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);
const WALKING_KEYS = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp"]);
const TAKING_KEYS = new Set(["Tab", "Enter"]);
/** A target is asked when the typist pauses: its answer is no part of a key's work. */
const TARGET_IDLE = 250;

/** The parts of the box and what happens between them. */
export class Box implements SurfaceHost, SuggestionsHost, ChipsHost, HoverHost {
  session: Session | null = null;
  readonly surface: Surface;
  readonly suggestions: Suggestions;
  readonly #owner: BoxOwner;
  readonly #announcer = new Announcer();
  readonly #problems = new ProblemList();
  readonly #chips = new Chips(this);
  readonly #menu = new FixMenu();
  readonly #hover: HoverCard;
  readonly #placeholder = el("div", { class: "placeholder", "aria-hidden": "true" });
  readonly #help = el("div", { id: "help", class: "help hidden", part: "help" });
  /** The problems as one text without buttons: what a screen reader says of the box. */
  readonly #description = el("div", { id: "description", hidden: "" });
  readonly #input: HTMLElement;
  readonly #diagnosis = new Diagnosis({ session: () => this.session, showsAll: () => this.#owner.showsAll, messages: () => this.messages, failed: error => this.#broken(error) });
  #idle = 0;
  #targetIdle = 0;
  #hadProblems = false;
  /** Something was typed before the compiler was there. */
  #early = false;

  constructor(root: ShadowRoot, text: string, owner: BoxOwner) {
    this.#owner = owner;
    this.suggestions = new Suggestions(this);
    const holder = el("div", { class: "surface" }, this.#placeholder);
    this.#input = el("div", { class: "input", part: "input" }, el("span", { class: "lead" }, icon(ICONS.search)), holder);
    root.append(this.#chips.element, this.#input, this.#help, this.#description, this.#problems.element,
      this.#announcer.status, this.#announcer.alert, this.suggestions.listbox.popup, this.#menu.element);
    this.#diagnosis.reveal(text);
    this.surface = new CodeMirrorSurface(holder, root, text, owner.settings, this);
    this.#hover = new HoverCard(holder, this);
    root.append(this.#hover.element);
    this.#listen(root, holder);
    this.#update();
  }

  #listen(root: ShadowRoot, holder: HTMLElement): void {
    // The editor's own events would come beside the box's.
    for (const name of ["input", "change"]) root.addEventListener(name, event => event.stopPropagation());
    this.#input.addEventListener("pointerdown", event => {
      if (this.surface.element.contains(event.target as Node)) return;
      event.preventDefault();
      if (!this.#owner.settings.disabled) this.surface.focus();
    });
    holder.addEventListener("focusout", () => this.#blurred());
    this.#problems.onFix = fix => this.applyFix(fix);
    this.#problems.onGo = problem => { this.surface.focus(); this.surface.select(problem.span); };
    this.#menu.onChoose = fix => this.applyFix(fix);
    this.#menu.onClose = () => this.surface.focus();
  }

  // What the surface asks.

  get text(): string { return this.surface.text; }
  get caret(): number { return this.surface.caret; }
  get focused(): boolean { return this.surface.focused; }
  get messages(): Messages { return this.#owner.messages; }
  get recent(): readonly string[] { return this.#owner.recent; }
  get saved(): readonly string[] { return this.#owner.saved; }
  get firstActive(): boolean { return this.#owner.tab === "first"; }
  get analysis(): Analysis | null { return this.#diagnosis.whole(); }

  marks(text: string, caret: number): Mark[] {
    this.#diagnosis.look(text, caret);
    return this.#diagnosis.marks(text);
  }

  attributes(): Record<string, string> {
    const { settings, label } = this.#owner;
    const { listbox } = this.suggestions;
    const description = this.#diagnosis.shown.length > 0 ? "description" : this.#help.textContent ? "help" : null;
    return comboboxAttributes({ ...settings, label, description, open: listbox.open, active: listbox.open ? listbox.activeId : null, invalid: this.#diagnosis.invalid });
  }

  changed(origin: Origin): void {
    if (this.surface.composing) return void this.#owner.fire("input");
    this.#hover.hide();
    this.#early = this.session === null && origin === "type";
    if (origin === "type" || origin === "delete") this.suggestions.soon();
    else if (origin !== "complete") this.suggestions.close();
    this.#waitForIdle();
    this.#update();
    if (origin !== "host") this.#owner.fire("input");
  }

  composed(): void {
    this.surface.repaint();
    this.#waitForIdle();
    this.#update();
    this.suggestions.soon();
  }

  moved(): void {
    if (this.suggestions.listbox.shown) this.suggestions.soon();
    this.#explainCaret();
  }

  key(event: KeyboardEvent): boolean {
    const { listbox } = this.suggestions;
    if (WALKING_KEYS.has(event.key) || (this.firstActive && TAKING_KEYS.has(event.key))) this.suggestions.flush();
    const command = commandOf(event, {
      open: listbox.open, shown: listbox.shown, active: listbox.active !== null, recent: listbox.active?.kind === "recent",
      empty: this.text === "", multiline: this.#owner.settings.multiline, tab: this.#owner.tab,
    });
    if (this.#hover.shown) this.#hover.hide();
    const handled = command !== null && this.#run(command);
    if (!handled && listbox.active && CARET_KEYS.has(event.key)) this.#activate(() => listbox.activate(-1));
    if (handled) {
      event.preventDefault();
      if (command === "close") event.stopPropagation();
    }
    return handled;
  }

  // Keys.

  #run(command: Command): boolean {
    const { listbox } = this.suggestions;
    switch (command) {
      case "next": return this.#activate(() => listbox.step(1));
      case "previous": return this.#activate(() => listbox.step(-1));
      case "page-down": return this.#activate(() => listbox.page(1));
      case "page-up": return this.#activate(() => listbox.page(-1));
      case "open": return this.#open();
      case "queries": return this.suggestions.openQueries() && this.#activate(() => listbox.step(1));
      case "accept": if (listbox.active) this.pick(listbox.active); return true;
      case "submit": this.suggestions.close(); this.#owner.submit(); return true;
      case "newline": this.surface.change([{ span: this.surface.selection, text: "\n" }], "type", this.surface.selection[0] + 1); return true;
      case "close": this.suggestions.close(); return true;
      case "leave": this.suggestions.close(); return false;
      case "next-problem": return this.goToProblem(1);
      case "previous-problem": return this.goToProblem(-1);
      case "fixes": return this.showFixes();
      case "mute": return this.#muteAtCaret();
      case "undo": this.suggestions.close(); this.surface.undo(); return true;
      case "redo": this.suggestions.close(); this.surface.redo(); return true;
      case "forget": return this.#forget();
    }
  }

  #open(): boolean {
    const { listbox } = this.suggestions;
    if (listbox.open) { if (!listbox.active) this.#activate(() => listbox.activate(0)); return true; }
    this.suggestions.open(true);
    return true;
  }

  #activate(move: () => void): boolean {
    move();
    const { listbox } = this.suggestions;
    const { active } = listbox;
    this.surface.refresh();
    // VoiceOver does not say the active option of a list that the focus is not in.
    if (active && apple) this.#announcer.now(this.messages.option(active.label, this.messages.kinds[active.kind], listbox.position + 1, listbox.options.length));
    return true;
  }

  #forget(): boolean {
    const query = this.suggestions.listbox.active?.query;
    if (!query) return false;
    this.#owner.forget(query);
    this.#announcer.now(this.messages.removedRecent(query));
    if (!this.suggestions.openQueries()) this.suggestions.close();
    return true;
  }

  pick(suggestion: Suggestion): void {
    const { item, query } = suggestion;
    const more = item?.more ?? false;
    if (item) this.#insert(item);
    else if (query !== null) this.surface.change([{ span: [0, this.text.length], text: query }], "complete", query.length);
    this.#announcer.now(this.messages.inserted(suggestion.label));
    this.#owner.fire("tamis-complete", { type: "accepted", label: suggestion.label, kind: suggestion.kind });
    if (more) this.suggestions.open(false);
    else this.suggestions.close();
    this.surface.focus();
  }

  /** What has to follow is typed before what stands there: it gets a blank of its own. */
  #insert({ span, insert, caret, more }: Item): void {
    const skips = more && caret > span[0] + insert.length && /\S/.test(this.text.charAt(span[1] + 1));
    const text = skips ? `${insert} ` : insert;
    this.surface.change([{ span, text }], "complete", skips ? span[0] + text.length : caret);
  }

  listChanged(): void {
    const { listbox, loading } = this.suggestions;
    const count = listbox.options.length;
    this.#owner.state("open", listbox.open);
    this.#owner.state("loading", loading);
    this.surface.refresh();
    if (!listbox.shown) return this.#announcer.forget("list");
    this.#announcer.say("list", count > 0 ? this.messages.suggestionCount(count) : loading ? this.messages.loading : this.messages.noSuggestions);
    if (count > 0) this.#owner.fire("tamis-complete", { type: "shown", count });
  }

  failed(error: unknown): void { this.#owner.fire("tamis-error", { error }); }

  // Problems.

  /** All problems of the text, those of the target too. */
  get problems(): Problem[] { return this.#diagnosis.problems(this.text); }
  messageOf(problem: Problem): string { return this.#diagnosis.messageOf(problem, this.text); }

  #broken(error: unknown): void {
    this.session = null;
    this.#owner.fire("tamis-error", { error });
  }

  /** Shows what was held back. */
  reveal(): void {
    clearTimeout(this.#idle);
    if (!this.#diagnosis.reveal(this.text)) return;
    this.surface.repaint();
    this.#update();
  }

  #waitForIdle(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#targetIdle);
    this.#idle = setTimeout(() => this.reveal(), IDLE) as unknown as number;
    if (this.session?.full) this.#targetIdle = setTimeout(() => this.askTarget(), TARGET_IDLE) as unknown as number;
  }

  /** Asks the target for what it cannot say. */
  askTarget(): void {
    if (this.#diagnosis.askTarget(this.text) || this.#hadProblems) { this.surface.repaint(); this.#update(); }
  }

  goToProblem(by: 1 | -1): boolean {
    this.reveal();
    const all = [...this.#diagnosis.shown].sort((a, b) => a.problem.span[0] - b.problem.span[0]);
    if (all.length === 0) { this.#announcer.now(this.messages.noProblems); return true; }
    this.suggestions.close();
    const position = nextProblem(all.map(({ problem }) => problem), this.surface.selection, by);
    const next = all[position];
    if (!next) return true;
    this.surface.select(next.problem.span);
    this.#announcer.now(this.messages.problemAt(position + 1, all.length, next.message, next.problem.fixes.length > 0));
    return true;
  }

  showFixes(): boolean {
    this.reveal();
    const fixable = this.#diagnosis.shown.map(({ problem }) => problem).filter(problem => problem.fixes.length > 0);
    const problem = fixable.find(found => isAt(found, this.caret)) ?? fixable[0];
    this.suggestions.close();
    if (!problem) { this.#announcer.now(this.messages.noFixes); return true; }
    if (!isAt(problem, this.caret)) this.surface.select(problem.span);
    this.#menu.show(problem.fixes, this.surface.rectangle(problem.span[0]), this.messages);
    return true;
  }

  applyFix(fix: Fix): void {
    this.surface.focus();
    this.apply([{ span: fix.span, text: fix.text }], fix.span[0] + fix.text.length);
    this.reveal();
  }

  // Edits.

  get #editable(): boolean { return !this.#owner.settings.readonly && !this.#owner.settings.disabled; }

  /** Changes of a person's making, in one undo step. */
  apply(changes: Change[], caret?: number): void {
    this.suggestions.close();
    if (changes.length > 0 && this.#editable) this.surface.change(changes, "edit", caret);
  }

  edit(edit: Edit): Edited | null {
    const { session } = this;
    if (!session || !this.#editable) return null;
    try {
      const edited = session.language.edit(this.text, edit);
      this.apply(edited.changes);
      this.reveal();
      return edited;
    } catch {
      this.#announcer.now(this.messages.editRefused);
      return null;
    }
  }

  #muteAtCaret(): boolean {
    const clauses = this.analysis?.clauses ?? [];
    const position = clauses.findIndex(({ span }) => span[0] <= this.caret && this.caret <= span[1]);
    const clause = clauses[position];
    if (clause && this.edit({ kind: clause.muted ? "unmute" : "mute", clause: position })) {
      this.#announcer.now((clause.muted ? this.messages.unmuted : this.messages.muted)(wordsOf(clause)));
    }
    return true;
  }

  goTo(chip: Chip): void {
    this.surface.focus();
    this.surface.select(chip.span);
  }

  remove(chip: Chip): boolean { return chip.place !== null && this.edit({ kind: "remove", ...chip.place }) !== null; }
  negate(chip: Chip): boolean { return chip.place !== null && this.edit({ kind: "negate", ...chip.place }) !== null; }
  mute(chip: Chip): boolean {
    if (!chip.place || !("clause" in chip.place)) { this.#announcer.now(this.messages.editRefused); return false; }
    return this.edit({ kind: chip.muted ? "unmute" : "mute", clause: chip.place.clause }) !== null;
  }
  leave(): void { this.surface.focus(); }
  say(message: string): void { this.#announcer.now(message); }
  warn(message: string): void { this.#announcer.warn(message); }

  // Hover.

  get busy(): boolean { return this.suggestions.listbox.shown || this.#menu.open; }
  placeAt(x: number, y: number): number | null { return this.surface.placeAt(x, y); }
  rectangle(at: number): DOMRect | null { return this.surface.rectangle(at); }
  hover(at: number): Hover | null { return this.session?.language.hover(this.text, at) ?? null; }

  // Drawing.

  /** Puts a text in place without an `input` event. */
  setText(text: string): void {
    if (text === this.text) return;
    this.#diagnosis.reveal(text);
    const caret = Math.min(this.caret, text.length);
    this.surface.change([{ span: [0, this.text.length], text }], "host", caret);
  }

  /** The session, the strings or the settings changed. */
  refresh(placeholder: string, explain: boolean): void {
    this.#placeholder.textContent = placeholder;
    this.#help.classList.toggle("hidden", !explain);
    this.surface.set(this.#owner.settings);
    this.surface.repaint();
    this.#update();
    if (this.session?.full) this.askTarget();
    if (this.session && this.#early && this.focused) this.suggestions.soon();
    if (this.session) this.#early = false;
  }

  #blurred(): void {
    this.suggestions.close();
    this.reveal();
  }

  #update(): void {
    this.#placeholder.hidden = this.text !== "";
    this.#problems.show(this.#diagnosis.shown, this.messages);
    this.#description.textContent = spoken(this.#diagnosis.shown.map(({ message, help }) => (help ? `${message}: ${help}` : message)).join(". "));
    const { settings } = this.#owner;
    const all = settings.chips ? this.analysis : null;
    this.#chips.show(all ? chipsOf(this.text, all, this.messages) : [], this.messages);
    this.#explainCaret();
    this.#owner.state("invalid", this.#diagnosis.invalid);
    this.#owner.changed(this.text, this.#diagnosis.analysis);
    this.#sayProblems();
  }

  #sayProblems(): void {
    const [first] = this.#diagnosis.shown;
    if (first) this.#announcer.say("problems", this.messages.problemCount(this.#diagnosis.shown.length, first.message, this.#diagnosis.fixable));
    else if (this.#hadProblems) this.#announcer.say("problems", this.messages.noProblems);
    this.#hadProblems = first !== undefined;
  }

  #explainCaret(): void {
    const clause = this.#diagnosis.clauseAt(this.caret);
    const words = clause ? explained(clause, this.session, this.messages) : "";
    if (this.#help.textContent !== words) {
      this.#help.replaceChildren(...codeText(words));
      this.surface.refresh();
    }
  }

  destroy(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#targetIdle);
    this.suggestions.close();
    this.surface.destroy();
  }
}
