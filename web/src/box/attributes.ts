/** Without a DOM, on a server, the module can be imported all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** The properties that are attributes and nothing else. */
export class QueryAttributes extends Base {
  get timeZone(): string { return this.getAttribute("time-zone") ?? ""; }
  set timeZone(zone: string) { this.setAttribute("time-zone", zone); }
  get placeholder(): string { return this.getAttribute("placeholder") ?? ""; }
  set placeholder(text: string) { this.setAttribute("placeholder", text); }
  get name(): string { return this.getAttribute("name") ?? ""; }
  set name(name: string) { this.setAttribute("name", name); }
  get tabCompletes(): string { return this.getAttribute("tab-completes") ?? "active"; }
  set tabCompletes(value: string) { this.setAttribute("tab-completes", value); }
  get required(): boolean { return this.hasAttribute("required"); }
  set required(on: boolean) { this.toggleAttribute("required", on); }
  get readOnly(): boolean { return this.hasAttribute("readonly"); }
  set readOnly(on: boolean) { this.toggleAttribute("readonly", on); }
  get disabled(): boolean { return this.hasAttribute("disabled"); }
  set disabled(on: boolean) { this.toggleAttribute("disabled", on); }
  get chips(): boolean { return this.hasAttribute("chips"); }
  set chips(on: boolean) { this.toggleAttribute("chips", on); }
  get multiline(): boolean { return this.hasAttribute("multiline"); }
  set multiline(on: boolean) { this.toggleAttribute("multiline", on); }
  /** Shows the clause at the caret in plain words below the box. */
  get hints(): boolean { return this.hasAttribute("hints"); }
  set hints(on: boolean) { this.toggleAttribute("hints", on); }
}
