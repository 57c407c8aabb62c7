import { codeText, el } from "../../src/box/dom.js";

/** The explanation as paragraphs and lists: lines that begin with a dash are items, indented ones stand below. */
export function wordsView(text: string): HTMLElement[] {
  const [main = "", ...rest] = text.trim().split(/\n\n+/);
  const out = blocks(main.split("\n"));
  if (rest.length > 0) out.push(el("div", { class: "fields" }, ...blocks(rest.join("\n").split("\n"))));
  return out;
}

function blocks(lines: string[]): HTMLElement[] {
  const out: HTMLElement[] = [];
  const lists: { depth: number; list: HTMLElement }[] = [];
  for (const line of lines) {
    const item = /^(\s*)- (.*)$/.exec(line);
    if (!item) { lists.length = 0; out.push(el("p", {}, ...codeText(line.trim()))); continue; }
    const depth = item[1]?.length ?? 0;
    while (lists.length > 0 && (lists.at(-1)?.depth ?? 0) > depth) lists.pop();
    if (lists.length === 0 || (lists.at(-1)?.depth ?? 0) < depth) {
      const list = el("ul");
      const parent = lists.at(-1)?.list;
      if (parent) (parent.lastElementChild ?? parent).append(list);
      else out.push(list);
      lists.push({ depth, list });
    }
    lists.at(-1)?.list.append(el("li", {}, ...codeText(item[2] ?? "")));
  }
  return out;
}
