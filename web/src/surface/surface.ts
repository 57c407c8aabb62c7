import type { Change, Span } from "../language/contract.js";

/** A stretch of text to paint, by the class names of the box's stylesheet. */
export interface Mark {
  span: Span;
  name: string;
}

/** What made a change of the text. */
export type Origin = "type" | "delete" | "paste" | "complete" | "edit" | "history" | "host";

export interface SurfaceHost {
  /** The marks of a text, asked for before it is drawn. */
  marks(text: string, caret: number): Mark[];
  changed(origin: Origin): void;
  /** The caret moved and the text did not change. */
  moved(): void;
  /** A key that is no part of a composition; true when it was handled. */
  key(event: KeyboardEvent): boolean;
  /** The attributes of the editable element. */
  attributes(): Record<string, string>;
  composed(): void;
}

export interface SurfaceSettings {
  multiline: boolean;
  readonly: boolean;
  disabled: boolean;
}

/** The text that people type into: all that the box knows of its editor. */
export interface Surface {
  readonly text: string;
  readonly selection: Span;
  readonly caret: number;
  readonly focused: boolean;
  /** True while an input method composes. */
  readonly composing: boolean;
  readonly element: HTMLElement;
  /** Makes changes of one text in one undo step. */
  change(changes: Change[], origin: Origin, caret?: number | Span): void;
  select(span: Span): void;
  undo(): boolean;
  redo(): boolean;
  /** Asks the host for marks and attributes anew. */
  repaint(): void;
  refresh(): void;
  set(settings: SurfaceSettings): void;
  /** Where a place of the text is on the screen. */
  rectangle(at: number): DOMRect | null;
  /** The place under a point, or null beside the text. */
  placeAt(x: number, y: number): number | null;
  focus(): void;
  destroy(): void;
}
