import type { Fix } from "../language/contract.js";
import { el, placePopover } from "./dom.js";
import type { Messages } from "./messages.js";

/** The fixes of one problem, at the caret. It holds the focus until one is chosen or Escape. */
export class FixMenu {
  readonly element = el("div", { popover: "manual", role: "menu", class: "popup menu", part: "popup menu" });
  onChoose: (fix: Fix) => void = () => {};
  onClose: () => void = () => {};

  constructor() {
    this.element.addEventListener("keydown", event => this.#key(event));
    this.element.addEventListener("focusout", event => {
      if (this.open && !this.element.contains(event.relatedTarget as Node | null)) this.#hide();
    });
  }

  get open(): boolean { return this.element.matches(":popover-open"); }

  show(fixes: Fix[], at: DOMRect | null, messages: Messages): void {
    this.element.setAttribute("aria-label", messages.fixes);
    this.element.replaceChildren(...fixes.map(fix => {
      const item = el("button", { type: "button", role: "menuitem", class: "option", tabindex: "-1" }, messages.fix(fix.title));
      item.addEventListener("click", () => { this.#hide(); this.onChoose(fix); });
      return item;
    }));
    this.element.showPopover();
    if (at) placePopover(this.element, at);
    this.#items[0]?.focus();
  }

  get #items(): HTMLElement[] { return [...this.element.children] as HTMLElement[]; }

  #hide(): void {
    if (this.open) this.element.hidePopover();
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") { this.#hide(); this.onClose(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
