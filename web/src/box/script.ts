/** The content of a JSON script in the same tree, by its id. */
export function scriptOf<T>(element: HTMLElement, id: string): T | null {
  const root = element.getRootNode() as Document | ShadowRoot;
  const script = root.getElementById?.(id) ?? document.getElementById(id);
  return script?.localName === "script" ? (JSON.parse(script.textContent ?? "null") as T) : null;
}
