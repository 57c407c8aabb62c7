import { theme } from "../box/styles.js";

const builder = `
:host { font-size: calc(var(--size) * .95); }
select, input {
  font: inherit; color: inherit; background: var(--background); border: 1px solid var(--border);
  border-radius: calc(var(--radius) - 2px); padding: 3px calc(var(--unit) * 1.5); min-height: 30px; max-width: 100%; min-width: 0;
}
select { text-overflow: ellipsis; }
input { font-family: var(--font); font-size: .95em; width: 14em; flex: 0 1 auto; }
input.short { width: 7.5em; }
.group { border: 1px solid var(--popup-border); border-radius: var(--radius); padding: calc(var(--unit) * 2); background: color-mix(in srgb, var(--chip) 45%, var(--background)); min-width: 0; flex: 1; }
.head, .foot, .rule { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--unit) * 1.5); }
.match { color: var(--muted); }
.items { display: grid; gap: calc(var(--unit) * 1.5); margin: calc(var(--unit) * 2) 0; }
.item { display: flex; align-items: flex-start; gap: calc(var(--unit) * 1.5); min-width: 0; }
.joint { color: var(--muted); font-size: .85em; min-width: 2.2em; text-align: end; padding-top: .65em; flex: none; }
.item:first-child:not(:only-child) { padding-inline-start: calc(2.2em * .85 + var(--unit) * 1.5); }
.rule { flex: 1; min-width: 0; padding: var(--unit) calc(var(--unit) * 1.5); border-radius: calc(var(--radius) - 2px); background: var(--background); border: 1px solid transparent; }
.rule:focus-within { border-color: var(--popup-border); }
.rule.locked { border: 1px dashed var(--popup-border); }
.source { overflow-wrap: anywhere; white-space: pre-wrap; }
.source.muted { text-decoration: line-through; color: var(--muted); }
.tools { display: inline-flex; gap: 2px; margin-inline-start: auto; }
.tool, .small { min-width: 28px; min-height: 28px; display: inline-grid; place-items: center; border-radius: calc(var(--radius) - 3px); color: var(--muted); padding: 0 4px; font-size: .9em; }
.tool:hover, .small:hover, .add:hover, .text:hover { color: var(--color); background: color-mix(in srgb, var(--accent) 12%, transparent); }
.tool[aria-pressed=true] { background: var(--accent); color: var(--background); }
.add, .text { color: var(--accent); min-height: 28px; padding: 2px calc(var(--unit) * 2); border-radius: calc(var(--radius) - 3px); }
.pick { position: relative; display: inline-flex; }
.pick input { position: absolute; inset: 0; width: 100%; min-height: 0; padding: 0; border: 0; opacity: 0; pointer-events: none; }
.empty { margin: 0; color: var(--muted); }
:disabled { opacity: .6; cursor: not-allowed; }
@media (max-width: 30em) { .item:first-child:not(:only-child) { padding-inline-start: 0; } .item { flex-direction: column; align-items: stretch; } .joint { text-align: start; padding: 0; } }
@media (forced-colors: active) { .tool[aria-pressed=true] { background: Highlight; color: HighlightText; forced-color-adjust: none; } svg { fill: currentColor; } }
`;

let made: CSSStyleSheet | null = null;

export function builderSheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(theme + builder);
  }
  return made;
}
