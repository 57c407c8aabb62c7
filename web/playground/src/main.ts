import { define as defineBuilder } from "../../src/builder/element.js";
import { define, type TamisQuery } from "../../src/box/element.js";
import { el } from "../../src/box/dom.js";
import { open, schemas, setSource, targets, type Language, type SchemaInput } from "../../src/language/language.js";
import { localZone, zoneInput } from "../../src/language/zone.js";
import { drawComparison } from "./compare.js";
import { EXAMPLES, OWN_SCHEMA, recordsOf } from "./examples.js";
import { Output } from "./output.js";
import { readOwn } from "./own.js";
import { drawVerdicts } from "./records.js";
import { wasmBytes } from "./source.js";
import { fragmentOf, stateOf, type State } from "./state.js";
import { wordsView } from "./words.js";

const $ = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const box = $<TamisQuery>("box");
const other = $<TamisQuery>("other");
const records = $<HTMLTextAreaElement>("records");
const output = new Output();
const state: State = { schema: "activities", own: OWN_SCHEMA, query: EXAMPLES.activities?.[0]?.query ?? "", other: "", target: "api", ...stateOf(location.hash) };
let language: Language | null = null;

/** Seconds would only blur what the times of a query come to. */
const clock = (): number => Math.floor(Date.now() / 60_000) * 60_000;

const schemaInput = (): SchemaInput => (state.schema === "own" ? { toml: state.own } : state.schema);

async function useSchema(): Promise<void> {
  const next = await open({ schema: schemaInput(), now: clock(), zone: zoneInput(localZone()) }, "full");
  language?.close();
  language = next;
  box.schema = schemaInput();
  other.schema = schemaInput();
  records.value = recordsOf(state.schema, clock());
  $("examples").replaceChildren(...(EXAMPLES[state.schema] ?? []).map(({ name, query }) => {
    const button = el("button", { type: "button", title: query }, name);
    button.addEventListener("click", () => { box.value = query; changed(); });
    return button;
  }));
  await Promise.all([box.ready, other.ready]);
  draw();
}

/** Everything below the box, from its text. */
function draw(): void {
  if (!language) return;
  language.set({ now: clock() });
  state.query = box.value;
  state.other = other.value;
  const words = box.explain();
  $("words").replaceChildren(...(words === null ? [el("p", { class: "note" }, "The query has mistakes: they are named below the box.")] : wordsView(words)));
  if (words === null) output.clear();
  else output.compile(language, state.query, { whole: $<HTMLInputElement>("whole").checked, inline: $<HTMLInputElement>("inline").checked });
  drawVerdicts(words === null ? null : language, state.query, records.value);
  drawComparison(words === null ? null : language, state.query, state.other);
  history.replaceState(null, "", fragmentOf(state));
}

let timer = 0;
function changed(): void {
  clearTimeout(timer);
  timer = setTimeout(draw, 120) as unknown as number;
}

function toast(text: string): void {
  const shown = $("toast");
  shown.textContent = text;
  shown.classList.add("on");
  setTimeout(() => shown.classList.remove("on"), 1800);
}

async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast("The browser did not let the page copy");
  }
}

function listen(): void {
  for (const element of [box, other, records]) element.addEventListener("input", changed);
  for (const id of ["whole", "inline"]) $(id).addEventListener("change", draw);
  output.onChoose = () => { state.target = output.target; history.replaceState(null, "", fragmentOf(state)); };
  $("copy").addEventListener("click", () => void copy(output.text, "Output copied"));
  $("share").addEventListener("click", () => void copy(location.href, "Link copied"));
  const chooser = $<HTMLSelectElement>("schema");
  chooser.addEventListener("change", () => {
    state.schema = chooser.value;
    box.value = EXAMPLES[state.schema]?.[0]?.query ?? "";
    other.value = "";
    void useSchema();
  });
  const dialog = $<HTMLDialogElement>("own-dialog");
  $("own").addEventListener("click", () => { $<HTMLTextAreaElement>("own-text").value = state.own; for (const id of ["own-error", "own-note"]) $(id).textContent = ""; dialog.showModal(); });
  $("own-cancel").addEventListener("click", () => dialog.close());
  $("own-use").addEventListener("click", () => void useOwn(dialog, chooser));
  addEventListener("hashchange", () => location.reload());
}

async function useOwn(dialog: HTMLDialogElement, chooser: HTMLSelectElement): Promise<void> {
  const text = $<HTMLTextAreaElement>("own-text");
  const read = await readOwn(text.value);
  $("own-error").textContent = read.kind === "fault" ? read.message : "";
  $("own-note").textContent = read.kind === "table" ? read.note : "";
  if (read.kind === "table") {
    text.value = read.toml;
    text.scrollTop = 0;
  }
  if (read.kind !== "schema") return;
  Object.assign(state, { own: read.toml, schema: "own" });
  if (![...chooser.options].some(option => option.value === "own")) chooser.append(el("option", { value: "own" }, "Own schema"));
  chooser.value = "own";
  dialog.close();
  box.value = "";
  await useSchema();
}

async function start(): Promise<void> {
  setSource("core", wasmBytes);
  setSource("full", wasmBytes);
  define();
  defineBuilder();
  const chooser = $<HTMLSelectElement>("schema");
  for (const { name, title } of await schemas("full")) chooser.append(el("option", { value: name }, title || name));
  if (state.schema === "own") chooser.append(el("option", { value: "own" }, "Own schema"));
  chooser.value = state.schema;
  output.target = state.target;
  output.setTargets(await targets());
  box.clock = clock;
  other.clock = clock;
  box.value = state.query;
  other.value = state.other;
  listen();
  await useSchema();
  document.documentElement.dataset.ready = "yes";
}

void start().catch(error => {
  $("words").replaceChildren(el("p", { class: "error" }, `The compiler could not be loaded: ${(error as Error).message}`));
});
