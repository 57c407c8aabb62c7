/** What a key asks for, by the state of the list. */
export type Command =
  | "next" | "previous" | "page-down" | "page-up" | "open" | "queries" | "accept" | "submit" | "newline"
  | "close" | "leave" | "next-problem" | "previous-problem" | "fixes" | "mute" | "undo" | "redo" | "forget";

export interface KeyState {
  /** The list has options. */
  open: boolean;
  /** The popup is on the screen, maybe with a note alone. */
  shown: boolean;
  /** An option is active. */
  active: boolean;
  /** The active option is a recent query. */
  recent: boolean;
  empty: boolean;
  multiline: boolean;
  tab: "active" | "first" | "never";
}

/** The key table: null leaves the key to the editor and to the page. */
export function commandOf(event: KeyboardEvent, state: KeyState): Command | null {
  const { key, shiftKey: shift, altKey: alt } = event;
  const command = event.ctrlKey || event.metaKey;
  // Control with Alt is AltGr: it types.
  if (command) return alt ? null : withCommand(key, shift);
  if (alt) return key === "ArrowDown" ? "open" : key === "Enter" ? "fixes" : null;
  switch (key) {
    case "Enter": return state.active ? "accept" : shift && state.multiline ? "newline" : "submit";
    case "Escape": return state.shown ? "close" : null;
    case "Tab": return tab(shift, state);
    case "F8": return shift ? "previous-problem" : "next-problem";
    case "Delete": return shift && state.active && state.recent ? "forget" : null;
    case "ArrowDown": return shift ? null : state.open ? "next" : state.empty ? "queries" : null;
    case "ArrowUp": return state.open && !shift ? "previous" : null;
    case "PageDown": return state.open && !shift ? "page-down" : null;
    case "PageUp": return state.open && !shift ? "page-up" : null;
    default: return null;
  }
}

function withCommand(key: string, shift: boolean): Command | null {
  switch (key) {
    case "Enter": return "submit";
    case " ": return "open";
    case ".": return "fixes";
    case "/": return "mute";
    case "z":
    case "Z": return shift ? "redo" : "undo";
    case "y":
    case "Y": return "redo";
    default: return null;
  }
}

function tab(shift: boolean, state: KeyState): Command {
  return !shift && state.active && state.tab !== "never" ? "accept" : "leave";
}
