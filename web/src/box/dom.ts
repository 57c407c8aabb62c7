/** An element with attributes and children. Text stays text: nothing is read as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of 16 by 16 from one path. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" })) svg.setAttribute(name, value);
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export const ICONS = {
  search: "M7 2a5 5 0 1 0 3 9l3 3 1-1-3-3a5 5 0 0 0-4-8zm0 1.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
  cross: "M4 3 3 4l4 4-4 4 1 1 4-4 4 4 1-1-4-4 4-4-1-1-4 4z",
  error: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-.8 3h1.6v5H7.2zm0 6.4h1.6V12H7.2z",
  warning: "M8 1.5 15 14H1zm-.8 4.7v4h1.6v-4zm0 5v1.5h1.6v-1.5z",
  up: "M8 4l5 5-1 1-4-4-4 4-1-1z",
  down: "M8 12 3 7l1-1 4 4 4-4 1 1z",
  calendar: "M4 1h1.5v1.5h5V1H12v1.5h2V14H2V2.5h2zM3.5 6v6.5h9V6z",
  mute: "M1 8s2.5-4.5 7-4.5c1 0 2 .2 2.8.6L13 2l1 1L3 14l-1-1 2-2C2 9.7 1 8 1 8zm14 0S12.5 12.5 8 12.5c-.6 0-1.2-.1-1.8-.2l5.6-5.6C13.9 6.7 15 8 15 8z",
} as const;

/** Text with `code` in backticks, as nodes. */
export function codeText(text: string): Node[] {
  return text.split(/(`[^`]+`)/).filter(part => part !== "").map(part =>
    part.length > 2 && part.startsWith("`") && part.endsWith("`") ? el("code", {}, part.slice(1, -1)) : document.createTextNode(part));
}

/** Text without the marks of code: as it is said aloud. */
export const spoken = (text: string): string => text.replaceAll("`", "");

/** Puts a popover below a rectangle, or above where there is no room, and within the window. */
export function placePopover(popup: HTMLElement, at: DOMRect): void {
  const gap = 4;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const viewWidth = document.documentElement.clientWidth;
  const viewHeight = globalThis.visualViewport?.height ?? globalThis.innerHeight;
  const left = Math.max(gap, Math.min(at.left, viewWidth - width - gap));
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const top = below + height <= viewHeight || above < 0 ? Math.min(below, Math.max(gap, viewHeight - height - gap)) : above;
  popup.style.setProperty("left", `${left}px`);
  popup.style.setProperty("top", `${top}px`);
}

/** True on Apple's platforms, where Command does what Control does elsewhere. */
export const apple: boolean = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
