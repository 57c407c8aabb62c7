import { EditorSelection, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

/** Closers that the box added and that nobody has stepped over yet, by place. */
const added = StateEffect.define<number>({ map: (at, changes) => changes.mapPos(at, -1) });

const closers = StateField.define<readonly number[]>({
  create: () => [],
  update(places, transaction) {
    let now = places;
    if (transaction.docChanged && now.length > 0) {
      now = now
        .filter(at => !touched(transaction.changes, at))
        .map(at => transaction.changes.mapPos(at, 1));
    }
    for (const effect of transaction.effects) if (effect.is(added)) now = [...now, effect.value];
    return now;
  },
});

function touched(changes: { touchesRange(from: number, to?: number): boolean | "cover" }, at: number): boolean {
  return changes.touchesRange(at, at + 1) === "cover";
}

const PAIRS: Record<string, string> = { "(": ")", '"': '"' };

const typed = EditorView.inputHandler.of((view, from, to, text) => {
  if (view.composing || view.state.readOnly || text.length !== 1) return false;
  const next = view.state.sliceDoc(to, to + 1);
  if (from === to && next === text && view.state.field(closers).includes(to)) {
    view.dispatch({ changes: { from: to, to: to + 1, insert: text }, selection: { anchor: to + 1 }, userEvent: "input.type" });
    return true;
  }
  const closer = PAIRS[text];
  if (!closer || !opens(view, from, to, text, next)) return false;
  const inside = view.state.sliceDoc(from, to);
  view.dispatch({
    changes: { from, to, insert: text + inside + closer },
    selection: inside ? EditorSelection.range(from + 1, to + 1) : { anchor: from + 1 },
    effects: added.of(to + 1),
    userEvent: "input.type",
  });
  return true;
});

/** A quote beside a word closes or belongs to it; a bracket before a word opens what is there. */
function opens(view: EditorView, from: number, to: number, text: string, next: string): boolean {
  if (from !== to) return true;
  if (next !== "" && !/[\s)\],]/.test(next)) return false;
  return text !== '"' || (!/[^\s(\[,=<>~!]/.test(view.state.sliceDoc(from - 1, from)) && !insideQuotes(view.state.sliceDoc(0, from)));
}

function insideQuotes(before: string): boolean {
  return (before.replace(/\\./g, "").match(/"/g)?.length ?? 0) % 2 === 1;
}

function removePair(view: EditorView): boolean {
  const { from, empty } = view.state.selection.main;
  if (!empty || !view.state.field(closers).includes(from)) return false;
  const closer = PAIRS[view.state.sliceDoc(from - 1, from)];
  if (!closer || view.state.sliceDoc(from, from + 1) !== closer) return false;
  view.dispatch({ changes: { from: from - 1, to: from + 1 }, userEvent: "delete.backward" });
  return true;
}

/** `(` and `"` close themselves, the closer is stepped over, Backspace in an empty pair takes both. */
export const pairs: Extension = [closers, typed, Prec.high(keymap.of([{ key: "Backspace", run: removePair }]))];
