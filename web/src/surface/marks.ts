import type { ChangeSet } from "@codemirror/state";
import { Decoration, type DecorationSet } from "@codemirror/view";
import type { Mark } from "./surface.js";

/** What is painted: the marks, by where they begin, and the editor's form of them. */
export interface Painted {
  /** Null while it is not known: an input method changed the text. */
  marks: readonly Mark[] | null;
  set: DecorationSet;
}

export const NOTHING: Painted = { marks: [], set: Decoration.none };

/** What is painted after a change of the text. Only what the change touches, or is marked otherwise, is made anew. */
export function repaintedAfter(was: Painted, given: Mark[], changes: ChangeSet): Painted {
  const length = changes.newLength;
  const marks = given.filter(({ span: [from, to] }) => from < to && to <= length).sort((a, b) => a.span[0] - b.span[0]);
  if (!was.marks) return { marks, set: Decoration.set(marks.map(ranged), true) };
  const region = differing(was.marks, marks, changes);
  if (!region) return was;
  const [from, to] = region;
  const add = marks.filter(({ span }) => span[0] <= to && from <= span[1]).map(ranged);
  return { marks, set: was.set.map(changes).update({ filter: () => false, filterFrom: from, filterTo: to, add, sort: true }) };
}

/** The stretch of the new text outside which the old marks, moved, are the new ones; null where that is everywhere. */
function differing(old: readonly Mark[], now: readonly Mark[], changes: ChangeSet): [number, number] | null {
  const { from, oldTo, newTo } = hull(changes);
  const moved = newTo - oldTo;
  const most = Math.min(old.length, now.length);
  let before = 0;
  while (before < most && old[before]!.span[1] < from && same(old[before]!, now[before]!, 0)) before++;
  let behind = 0;
  while (behind < most - before && old.at(-1 - behind)!.span[0] > oldTo && same(old.at(-1 - behind)!, now.at(-1 - behind)!, moved)) behind++;
  const [gone, come] = [old.slice(before, old.length - behind), now.slice(before, now.length - behind)];
  if (changes.empty && gone.length === 0 && come.length === 0) return null;
  // Without a change of the text the stretch is that of the marks alone.
  let start = changes.empty ? Infinity : from;
  let end = changes.empty ? 0 : newTo;
  for (const { span } of gone) [start, end] = [Math.min(start, span[0]), Math.max(end, span[1] >= oldTo ? span[1] + moved : newTo)];
  for (const { span } of come) [start, end] = [Math.min(start, span[0]), Math.max(end, span[1])];
  return [start, end];
}

/** From the first to the last changed character. */
function hull(changes: ChangeSet): { from: number; oldTo: number; newTo: number } {
  if (changes.empty) return { from: Infinity, oldTo: -1, newTo: -1 };
  let [from, oldTo, newTo] = [Infinity, 0, 0];
  changes.iterChangedRanges((start, oldEnd, _, newEnd) => {
    from = Math.min(from, start);
    [oldTo, newTo] = [oldEnd, newEnd];
  });
  return { from, oldTo, newTo };
}

const same = (a: Mark, b: Mark, moved: number): boolean => a.name === b.name && a.span[0] + moved === b.span[0] && a.span[1] + moved === b.span[1];

const decorations = new Map<string, Decoration>();

function decoration(name: string): Decoration {
  let found = decorations.get(name);
  if (!found) {
    // A token keeps its own direction: a name in Arabic does not reorder its neighbours.
    found = Decoration.mark({ class: name, ...(name.startsWith("t-") ? { bidiIsolate: null } : {}) });
    decorations.set(name, found);
  }
  return found;
}

const ranged = ({ name, span: [from, to] }: Mark) => decoration(name).range(from, to);
