import { history, historyKeymap, isolateHistory, redo, standardKeymap, undo } from "@codemirror/commands";
import { ChangeSet, Compartment, EditorState, Prec, StateEffect, StateField, Transaction, type Extension, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import type { Change, Span } from "../language/contract.js";
import { NOTHING, repaintedAfter, type Painted } from "./marks.js";
import { pairs } from "./pairs.js";
import type { Origin, Surface, SurfaceHost, SurfaceSettings } from "./surface.js";

const paint = StateEffect.define<Painted>();

const painted = StateField.define<Painted>({
  create: () => NOTHING,
  update(was, transaction) {
    for (const effect of transaction.effects) if (effect.is(paint)) return effect.value;
    return transaction.docChanged ? { marks: null, set: was.set.map(transaction.changes) } : was;
  },
  provide: field => [
    EditorView.decorations.from(field, ({ set }) => set),
    EditorView.bidiIsolatedRanges.of(view => view.state.field(field).set),
  ],
});

/** Newlines that are typed, pasted or dropped become one space. */
const oneLine = EditorState.transactionFilter.of(transaction => {
  if (!transaction.docChanged || transaction.newDoc.lines === transaction.startState.doc.lines) return transaction;
  if (!transaction.isUserEvent("input.type") && !transaction.isUserEvent("input.paste") && !transaction.isUserEvent("input.drop")) return transaction;
  const flat: { from: number; to: number; insert: string }[] = [];
  let shift = 0;
  let caret = transaction.newSelection.main.head;
  transaction.changes.iterChanges((from, to, _newFrom, newTo, text) => {
    const insert = text.toString().replace(/[^\S\n]*\n\s*/g, " ");
    flat.push({ from, to, insert });
    if (newTo <= transaction.newSelection.main.head) shift += insert.length - text.length;
  });
  caret += shift;
  const event = transaction.annotation(Transaction.userEvent);
  return { changes: flat, selection: { anchor: caret }, scrollIntoView: true, ...(event ? { userEvent: event } : {}) };
});

const EVENTS: [event: string, origin: Origin][] = [
  ["input.complete", "complete"], ["input.edit", "edit"], ["input.paste", "paste"], ["input.drop", "paste"],
  ["input", "type"], ["delete", "delete"], ["move", "paste"], ["undo", "history"], ["redo", "history"],
];

function originOf(update: ViewUpdate): Origin {
  for (const [event, origin] of EVENTS) if (update.transactions.some(transaction => transaction.isUserEvent(event))) return origin;
  return "host";
}

/** The surface on CodeMirror. */
export class CodeMirrorSurface implements Surface {
  readonly #view: EditorView;
  readonly #host: SurfaceHost;
  readonly #settings = new Compartment();
  #justComposed = false;

  constructor(parent: HTMLElement, root: ShadowRoot, text: string, settings: SurfaceSettings, host: SurfaceHost) {
    this.#host = host;
    this.#view = new EditorView({
      root, parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          painted,
          EditorState.transactionExtender.of(transaction => this.#repainted(transaction)),
          Prec.highest(EditorView.domEventHandlers({
            keydown: event => this.#keydown(event),
            compositionend: () => this.#compositionEnded(),
          })),
          pairs,
          history({ newGroupDelay: 1000 }),
          keymap.of([...historyKeymap, ...standardKeymap]),
          EditorView.lineWrapping,
          EditorState.lineSeparator.of("\n"),
          EditorView.contentAttributes.of(() => host.attributes()),
          EditorView.updateListener.of(update => this.#updated(update)),
          this.#settings.of(extensionsFor(settings)),
        ],
      }),
    });
    // A label's click goes to the first thing that takes the focus: that is to be the text.
    this.#view.scrollDOM.removeAttribute("tabindex");
    this.repaint();
  }

  get text(): string { return this.#view.state.doc.toString(); }
  get caret(): number { return this.#view.state.selection.main.head; }
  get selection(): Span { const { from, to } = this.#view.state.selection.main; return [from, to]; }
  get focused(): boolean { return this.#view.hasFocus; }
  get composing(): boolean { return this.#view.composing; }
  get element(): HTMLElement { return this.#view.contentDOM; }

  change(changes: Change[], origin: Origin, caret?: number | Span): void {
    const spec: TransactionSpec = {
      changes: changes.map(({ span, text }) => ({ from: span[0], to: span[1], insert: text })),
      annotations: isolateHistory.of("full"),
      scrollIntoView: this.focused,
    };
    if (origin !== "host") spec.userEvent = origin === "complete" ? "input.complete" : "input.edit";
    if (caret !== undefined) spec.selection = typeof caret === "number" ? { anchor: caret } : { anchor: caret[0], head: caret[1] };
    this.#view.dispatch(spec);
  }

  select([from, to]: Span): void {
    const length = this.#view.state.doc.length;
    this.#view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
  }

  undo(): boolean { return undo(this.#view); }
  redo(): boolean { return redo(this.#view); }
  refresh(): void { this.#view.dispatch({}); }
  set(settings: SurfaceSettings): void { this.#view.dispatch({ effects: this.#settings.reconfigure(extensionsFor(settings)) }); }
  focus(): void { this.#view.focus(); }
  destroy(): void { this.#view.destroy(); }

  repaint(): void {
    if (this.composing) return this.refresh();
    const { state } = this.#view;
    const was = state.field(painted);
    const now = repaintedAfter(was, this.#host.marks(this.text, this.caret), ChangeSet.empty(state.doc.length));
    this.#view.dispatch(now === was ? {} : { effects: paint.of(now) });
  }

  rectangle(at: number): DOMRect | null {
    const found = this.#view.coordsAtPos(Math.min(at, this.#view.state.doc.length));
    return found && new DOMRect(found.left, found.top, Math.max(0, found.right - found.left), found.bottom - found.top);
  }

  placeAt(x: number, y: number): number | null {
    const place = this.#view.posAtCoords({ x, y });
    const box = place === null ? null : this.#view.coordsAtPos(place);
    if (place === null || !box || y < box.top - 2 || y > box.bottom + 2 || Math.abs(x - box.left) > 24) return null;
    return place;
  }

  #repainted(transaction: Transaction): Pick<TransactionSpec, "effects"> | null {
    if (!transaction.docChanged || this.composing) return null;
    const marks = this.#host.marks(transaction.newDoc.toString(), transaction.newSelection.main.head);
    return { effects: paint.of(repaintedAfter(transaction.startState.field(painted), marks, transaction.changes)) };
  }

  #updated(update: ViewUpdate): void {
    if (update.docChanged) this.#host.changed(originOf(update));
    else if (update.selectionSet && !update.startState.selection.eq(update.state.selection)) this.#host.moved();
  }

  #keydown(event: KeyboardEvent): boolean {
    if (event.isComposing || event.keyCode === 229 || this.#view.composing || this.#justComposed) return false;
    return this.#host.key(event);
  }

  /** WebKit sends the keydown that ended a composition after its end, in the same task. */
  #compositionEnded(): boolean {
    this.#justComposed = true;
    setTimeout(() => {
      this.#justComposed = false;
      this.#host.composed();
    });
    return false;
  }
}

function extensionsFor(settings: SurfaceSettings): Extension {
  return [
    EditorState.readOnly.of(settings.readonly || settings.disabled),
    EditorView.editable.of(!settings.disabled),
    settings.multiline ? [] : oneLine,
  ];
}
