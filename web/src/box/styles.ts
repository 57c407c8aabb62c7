/** The custom properties that a page can set, with what they are otherwise. */
export const theme = `
:host {
  --font: var(--tamis-font, ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
  --ui-font: var(--tamis-ui-font, system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif);
  --size: var(--tamis-font-size, 14px);
  --unit: var(--tamis-density, 4px);
  --radius: var(--tamis-radius, 8px);
  --color: var(--tamis-color, light-dark(#1c2024, #e8eaed));
  --muted: var(--tamis-muted, light-dark(#5a626c, #a6adb8));
  --background: var(--tamis-background, light-dark(#ffffff, #16191d));
  --border: var(--tamis-border, light-dark(#868e99, #737b87));
  --accent: var(--tamis-accent, light-dark(#0b57d0, #8ab4f8));
  --error: var(--tamis-error, light-dark(#b3261e, #ff9d94));
  --warning: var(--tamis-warning, light-dark(#7a4b00, #f5c061));
  --popup: var(--tamis-popup-background, light-dark(#ffffff, #22262c));
  --popup-border: var(--tamis-popup-border, light-dark(#c9ced6, #444b55));
  --shadow: var(--tamis-popup-shadow, 0 1px 2px rgb(0 0 0 / .12), 0 8px 24px rgb(0 0 0 / .16));
  --active: var(--tamis-option-active, light-dark(#0b57d0, #a8c7fa));
  --active-color: var(--tamis-option-active-color, light-dark(#ffffff, #0b1f3d));
  --chip: var(--tamis-chip, light-dark(#eef2f9, #262c36));
  --field: var(--tamis-token-field, light-dark(#0a4a9c, #8ab8ff));
  --operator: var(--tamis-token-operator, light-dark(#7a1fa2, #d9a4f2));
  --value: var(--tamis-token-value, light-dark(#0b5e1d, #8fdc9f));
  --number: var(--tamis-token-number, light-dark(#8a4100, #f2b27a));
  --comment: var(--tamis-token-comment, var(--muted));
  --reference: var(--tamis-token-reference, light-dark(#00616b, #7fd4de));
  display: block;
  position: relative;
  font: var(--size)/1.5 var(--ui-font);
  color: var(--color);
}
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
svg { fill: currentColor; display: block; }
code { font-family: var(--font); font-size: .95em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
`;

const input = `
.input {
  display: flex; align-items: flex-start; gap: calc(var(--unit) * 2);
  padding: calc(var(--unit) * 1.5) calc(var(--unit) * 2.5);
  min-height: calc(var(--unit) * 10);
  border: 1px solid var(--border); border-radius: var(--radius);
  background: var(--background); cursor: text;
}
.input:focus-within { border-color: var(--accent); outline: 1px solid var(--accent); outline-offset: 0; }
:host(:state(invalid)) .input { border-color: var(--error); }
:host(:state(invalid)) .input:focus-within { outline-color: var(--error); }
:host(:state(disabled)) .input { opacity: .65; cursor: not-allowed; }
:host(:state(readonly)) .input { background: light-dark(#f4f5f7, #1d2126); }
.lead { color: var(--muted); padding-top: calc((1.5em - 16px) / 2 + 2px); flex: none; }
:host(:state(loading)) .lead { animation: pulse 1s ease-in-out infinite alternate; }
@keyframes pulse { from { opacity: 1; } to { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { :host(:state(loading)) .lead { animation: none; } }
.surface { position: relative; flex: 1; min-width: 0; max-height: var(--tamis-max-height, 12em); overflow: auto; }
.placeholder { position: absolute; inset-block-start: 2px; inset-inline-start: 0; color: var(--muted); pointer-events: none; font-family: var(--font); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 100%; }
.cm-editor { background: none; }
.cm-editor.cm-focused { outline: none; }
.cm-scroller { font-family: var(--font) !important; line-height: 1.5 !important; }
.cm-content { padding: 2px 0 !important; caret-color: var(--color); }
.cm-line { padding: 0 !important; overflow-wrap: anywhere; }
.t-field, .t-member { color: var(--field); }
.t-operator, .t-connective, .t-keyword { color: var(--operator); }
.t-connective, .t-keyword { font-weight: 600; }
.t-word, .t-text { color: var(--value); }
.t-number { color: var(--number); }
.t-parameter, .t-reference { color: var(--reference); }
.t-comment { color: var(--comment); font-style: italic; }
.t-invalid { color: var(--error); }
.t-field, .t-member, .t-word, .t-text, .t-reference { unicode-bidi: isolate; }
.m-muted { text-decoration: line-through; }
.m-error { text-decoration: underline wavy var(--error); text-decoration-skip-ink: none; text-underline-offset: 3px; }
.m-warning { text-decoration: underline wavy var(--warning); text-decoration-skip-ink: none; text-underline-offset: 3px; }
`;

const popups = `
.popup {
  inset: auto; margin: 0; padding: var(--unit);
  border: 1px solid var(--popup-border); border-radius: var(--radius);
  background: var(--popup); color: var(--color); box-shadow: var(--shadow);
  min-width: min(16em, 94vw); max-width: min(36em, 94vw);
  font: calc(var(--size) * .93)/1.4 var(--ui-font);
  overflow: visible;
}
.list { max-height: min(18em, 45vh); overflow: auto; overscroll-behavior: contain; }
.heading { padding: calc(var(--unit) * 1.5) calc(var(--unit) * 2) var(--unit); font-size: .8em; font-weight: 600; letter-spacing: .03em; color: var(--muted); }
.option {
  display: flex; align-items: baseline; gap: 1ch; width: 100%; text-align: start;
  padding: calc(var(--unit) * 1.25) calc(var(--unit) * 2); min-height: 28px;
  border-radius: calc(var(--radius) - 3px); cursor: pointer;
}
.option .label { font-family: var(--font); overflow-wrap: anywhere; unicode-bidi: isolate; }
.option .detail { color: var(--muted); font-size: .9em; margin-inline-start: auto; text-align: end; unicode-bidi: isolate; }
.option:hover { background: light-dark(#eef1f5, #2d333c); }
.option[aria-selected=true], .menu .option:focus { background: var(--active); color: var(--active-color); outline: 1px solid transparent; outline-offset: -1px; }
.option[aria-selected=true] .detail, .option[aria-selected=true] .label { color: inherit; }
.k-field { color: var(--field); } .k-operator, .k-connective, .k-keyword { color: var(--operator); } .k-value { color: var(--value); }
.list-status { padding: calc(var(--unit) * 1.5) calc(var(--unit) * 2); color: var(--muted); }
.doc { border-top: 1px solid var(--popup-border); margin: var(--unit) calc(var(--unit) * -1) 0; padding: calc(var(--unit) * 1.5) calc(var(--unit) * 3) var(--unit); color: var(--muted); font-size: .93em; }
.menu { min-width: 12em; }
.hover { padding: calc(var(--unit) * 2) calc(var(--unit) * 3); }
.hover p { margin: 0 0 var(--unit); white-space: pre-line; }
.hover p:last-child { margin: 0; }
`;

const below = `
.help { margin: var(--unit) calc(var(--unit) * .5) 0; color: var(--muted); font-size: .9em; overflow-wrap: anywhere; }
.help:empty { display: none; }
.problems { list-style: none; margin: calc(var(--unit) * 1.5) 0 0; padding: 0; font-size: .93em; display: grid; gap: calc(var(--unit) * .5); }
.problem { display: flex; align-items: flex-start; gap: calc(var(--unit) * 1.5); padding: 0 calc(var(--unit) * .5); }
.problem .severity { flex: none; padding-top: .2em; }
.problem .body { display: flex; flex-wrap: wrap; align-items: baseline; gap: calc(var(--unit) * .5) calc(var(--unit) * 2); min-width: 0; }
.problem .message { min-width: 0; overflow-wrap: anywhere; cursor: pointer; }
.problem.error { color: var(--error); } .problem.warning { color: var(--warning); }
.fix {
  min-height: 24px; padding: 1px calc(var(--unit) * 2); border-radius: 999px; color: var(--accent);
  border: 1px solid currentColor; font-size: .93em; overflow-wrap: anywhere; text-align: start;
}
.fix:hover { background: color-mix(in srgb, var(--accent) 10%, transparent); }
.chips { list-style: none; display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--unit) * 1.5) calc(var(--unit) * 1.5); margin: 0 0 calc(var(--unit) * 2); padding: 0; }
.chip { display: inline-flex; align-items: center; max-width: 100%; min-height: 28px; gap: 2px; }
.joint { color: var(--muted); font-size: .85em; margin-inline-end: calc(var(--unit) * 1.5); }
.chip-edit, .chip-remove { background: var(--chip); min-height: 28px; }
.chip-edit { padding: 2px calc(var(--unit) * 2.5); border-start-start-radius: 999px; border-end-start-radius: 999px; max-width: 28em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .9em; min-width: 0; }
.chip-remove { width: 28px; flex: none; display: grid; place-items: center; border-start-end-radius: 999px; border-end-end-radius: 999px; color: var(--muted); }
.chip-remove svg { width: 12px; height: 12px; }
.chip-remove:hover, .chip-edit:hover { color: var(--color); background: color-mix(in srgb, var(--accent) 16%, var(--chip)); }
.chip.negated .chip-edit, .chip.negated .chip-remove { background: color-mix(in srgb, var(--error) 12%, var(--background)); }
.chip.muted .chip-edit { text-decoration: line-through; color: var(--muted); }
.chip.marked .chip-edit, .chip.marked .chip-remove { outline: 2px dashed var(--error); outline-offset: -2px; }
`;

const forced = `
@media (forced-colors: active) {
  .input, .popup { border-color: CanvasText; }
  .option[aria-selected=true], .menu .option:focus { background: Highlight; color: HighlightText; forced-color-adjust: none; }
  .chip-edit, .chip-remove { border: 1px solid ButtonText; }
  .m-error { text-decoration-color: LinkText; } .m-warning { text-decoration-color: CanvasText; text-decoration-style: dashed; }
  svg { fill: CanvasText; }
}
`;

let made: CSSStyleSheet | null = null;

/** The box's stylesheet, one for all boxes of a page. */
export function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(theme + input + popups + below + forced);
  }
  return made;
}
