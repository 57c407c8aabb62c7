import { codeText, el } from "../../src/box/dom.js";
import type { Language } from "../../src/language/language.js";

/** How two queries relate, in words, with records that tell them apart. */
export function drawComparison(language: Language | null, query: string, other: string): void {
  const holder = document.getElementById("comparison") as HTMLElement;
  if (!language || other.trim() === "") {
    holder.replaceChildren(el("p", { class: "note" }, "Says which records one query selects and the other does not."));
    return;
  }
  try {
    const { words, relation, example } = language.compare(query, other);
    const shown = example && typeof example === "object" ? Object.entries(example) : [];
    const list = el("dl");
    for (const [name, record] of shown) list.append(el("dt", {}, name.replaceAll("_", " ")), el("dd", {}, record === null ? "no record" : JSON.stringify(record)));
    holder.replaceChildren(el("p", {}, el("strong", {}, relation), ": ", ...codeText(words)), list);
  } catch (error) {
    holder.replaceChildren(el("p", { class: "note" }, (error as Error).message));
  }
}
