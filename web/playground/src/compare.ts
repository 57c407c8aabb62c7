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
    const { words, relation, only_first, only_second, both } = language.compare(query, other);
    const list = el("dl");
    for (const [name, side] of [["only the first", only_first], ["only the other", only_second], ["both", both]] as const) {
      list.append(el("dt", {}, name), el("dd", {}, sideText(side)));
    }
    holder.replaceChildren(el("p", {}, el("strong", {}, relation), ": ", ...codeText(words)), list);
  } catch (error) {
    holder.replaceChildren(el("p", { class: "note" }, ...codeText(`The other query: ${(error as Error).message}`)));
  }
}

/** A record that a side selects, or that there is none. */
function sideText(side: unknown): string {
  const { is, example, reason } = side as { is: "empty" | "some" | "undecided"; example?: unknown; reason?: string };
  if (is === "some") return JSON.stringify(example);
  return is === "empty" ? "no record" : `not known: ${(reason ?? "").replaceAll("-", " ")}`;
}
