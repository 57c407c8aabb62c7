import type { Hover as Found } from "../language/contract.js";
import { codeText, el, placePopover } from "./dom.js";

const DELAY = 350;

export interface HoverHost {
  hover(at: number): Found | null;
  placeAt(x: number, y: number): number | null;
  rectangle(at: number): DOMRect | null;
  readonly busy: boolean;
}

/** What the token under the pointer means. The same words are the description of the clause at the caret. */
export class HoverCard {
  readonly element = el("div", { popover: "manual", role: "tooltip", class: "popup hover", part: "popup hover" });
  readonly #host: HoverHost;
  #timer = 0;

  constructor(box: HTMLElement, host: HoverHost) {
    this.#host = host;
    box.addEventListener("pointermove", event => this.#moved(event));
    box.addEventListener("pointerleave", () => this.#later(() => this.hide()));
    this.element.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.element.addEventListener("pointerleave", () => this.hide());
    box.addEventListener("pointerdown", () => this.hide());
  }

  get shown(): boolean { return this.element.matches(":popover-open"); }

  hide(): void {
    clearTimeout(this.#timer);
    if (this.shown) this.element.hidePopover();
  }

  #later(run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, DELAY) as unknown as number;
  }

  #moved(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const { clientX, clientY } = event;
    this.#later(() => this.#show(clientX, clientY));
  }

  #show(x: number, y: number): void {
    const at = this.#host.busy ? null : this.#host.placeAt(x, y);
    const found = at === null ? null : this.#host.hover(at);
    const rectangle = found && this.#host.rectangle(found.span[0]);
    if (!found || !rectangle) return this.hide();
    this.element.replaceChildren(...paragraphs(found.text));
    if (!this.shown) this.element.showPopover();
    placePopover(this.element, rectangle);
  }
}

/** The module's Markdown has paragraphs, lists, emphasis and code: marks are left out, code is kept. */
function paragraphs(text: string): HTMLElement[] {
  return text.split(/\n\s*\n/).map(part => el("p", {}, ...codeText(part.replace(/\*\*([^*]+)\*\*/g, "$1"))));
}
