import { el, icon, ICONS } from "../box/dom.js";
import { wordsOf } from "../box/chips.js";
import type { Messages } from "../box/messages.js";
import type { Analysis, Clause, FieldInfo, Group, OperatorInfo, Span, TreeItem } from "../language/contract.js";
import { editorOf, valueControls } from "./values.js";

/** What the builder shows, drawn anew for each change and then morphed into place. */
export interface Drawing {
  text: string;
  analysis: Analysis;
  fields: readonly FieldInfo[];
  messages: Messages;
  disabled: boolean;
}

/** A group: its join, its items, its buttons. */
export function drawGroup(drawing: Drawing, group: Group, root: boolean): HTMLElement {
  const { messages } = drawing;
  const count = group.items.length;
  const name = count === 0 ? messages.none : (group.kind === "or" ? messages.any : messages.all)(count);
  const box = el("div", {
    role: "group", class: root ? "group root" : "group", "data-group": String(group.id),
    "aria-label": group.not ? `${messages.not} ${name}` : name, part: "group",
  });
  box.append(groupHead(drawing, group, root));
  const items = el("div", { class: "items" });
  group.items.forEach((item, position) => items.append(drawItem(drawing, group, item, position)));
  if (count === 0 && root) items.append(el("p", { class: "empty" }, messages.builder.empty));
  box.append(items, groupFoot(drawing));
  return box;
}

function groupHead({ messages, disabled }: Drawing, group: Group, root: boolean): HTMLElement {
  const words = messages.builder;
  const join = el("select", { "data-control": "join", "aria-label": words.join, ...(group.items.length < 2 || disabled ? { disabled: "" } : {}) });
  for (const [value, label] of [["and", words.matchAll], ["or", words.matchAny]] as const) {
    join.append(el("option", { value, ...(group.kind === value ? { selected: "" } : {}) }, label));
  }
  const head = el("div", { class: "head" }, el("span", { class: "match", "aria-hidden": "true" }, words.join), join);
  if (root) return head;
  head.append(...tools(group.not, null, disabled, words.removeGroup, messages));
  return head;
}

function groupFoot({ messages, disabled }: Drawing): HTMLElement {
  const off: Record<string, string> = disabled ? { disabled: "" } : {};
  return el("div", { class: "foot" },
    el("button", { type: "button", "data-control": "add", class: "add", ...off }, `+ ${messages.builder.addRule}`),
    el("button", { type: "button", "data-control": "add-group", class: "add", ...off }, `+ ${messages.builder.addGroup}`));
}

function drawItem(drawing: Drawing, group: Group, item: TreeItem, position: number): HTMLElement {
  const line = el("div", { class: "item", "data-position": String(position) });
  if (position > 0) line.append(el("span", { class: "joint", "aria-hidden": "true" }, drawing.messages.joined[group.kind]));
  if ("group" in item) line.append(drawGroup(drawing, item.group, false));
  else if ("unreadable" in item) line.append(readOnly(drawing, item.unreadable, null, position));
  else {
    const clause = drawing.analysis.clauses[item.clause];
    if (clause) line.append(drawClause(drawing, clause, item.clause, position));
  }
  return line;
}

function drawClause(drawing: Drawing, clause: Clause, n: number, position: number): HTMLElement {
  const field = drawing.fields.find(found => found.name === clause.field?.name);
  const operator = field && operatorOf(clause, field);
  const editor = clause.ok && !clause.muted && field && operator ? editorOf(drawing.text, clause, field, operator.takes) : null;
  if (!editor || !field || !operator) return readOnly(drawing, clause.span, { clause, n }, position);
  const { messages, disabled } = drawing;
  const words = messages.builder;
  const row = rowOf(wordsOf(clause), n, position, false);
  row.append(
    fieldSelect(drawing, field.name),
    operatorSelect(field, operator, words.operator),
    ...valueControls(drawing.text, clause, field, operator.takes, editor, words),
    ...tools(clause.not, clause.muted, disabled, words.removeRule(wordsOf(clause)), messages));
  if (disabled) for (const control of row.querySelectorAll("select, input, button")) control.setAttribute("disabled", "");
  return row;
}

/** The operator of a clause among those that its field offers. */
export function operatorOf(clause: Clause, field: FieldInfo): OperatorInfo | undefined {
  const name = clause.operator?.name;
  return field.operators.find(found => found.label === name || found.name === name);
}

function rowOf(name: string, n: number | null, position: number, locked: boolean): HTMLElement {
  return el("div", {
    role: "group", "aria-label": name, class: locked ? "rule locked" : "rule", part: locked ? "rule rule-readonly" : "rule",
    "data-row": String(position), ...(n === null ? {} : { "data-clause": String(n) }),
  });
}

/** What the builder cannot show stays as text, and can be removed, muted and moved. */
function readOnly(drawing: Drawing, span: Span, of: { clause: Clause; n: number } | null, position: number): HTMLElement {
  const { messages, text, disabled } = drawing;
  const shown = of?.clause.muted ? wordsOf(of.clause) : text.slice(...span);
  const row = rowOf(of ? wordsOf(of.clause) : shown, of?.n ?? null, position, true);
  const code = el("code", { class: of?.clause.muted ? "source muted" : "source" }, shown);
  const edit = el("button", { type: "button", class: "text", "data-control": "edit-text", "data-from": String(span[0]), "data-to": String(span[1]) }, messages.builder.editAsText);
  row.append(code, edit);
  if (of) row.append(...tools(of.clause.muted ? null : of.clause.not, of.clause.muted, disabled, messages.builder.removeRule(wordsOf(of.clause)), messages));
  return row;
}

function fieldSelect({ fields, messages }: Drawing, current: string): HTMLElement {
  const select = el("select", { "data-control": "field", "aria-label": messages.builder.field });
  for (const field of fields) {
    if (field.operators.length > 0) select.append(el("option", { value: field.name, ...(field.name === current ? { selected: "" } : {}) }, field.name));
  }
  return select;
}

function operatorSelect(field: FieldInfo, current: OperatorInfo, name: string): HTMLElement {
  const select = el("select", { "data-control": "operator", "aria-label": name });
  for (const operator of field.operators) {
    select.append(el("option", { value: operator.label, ...(operator === current ? { selected: "" } : {}) }, operator.label));
  }
  return select;
}

function tools(not: boolean | null, muted: boolean | null, disabled: boolean, remove: string, messages: Messages): HTMLElement[] {
  const words = messages.builder;
  const button = (control: string, name: string, content: Node | string, pressed?: boolean): HTMLElement =>
    el("button", {
      type: "button", class: "tool", "data-control": control, "aria-label": name, title: name,
      ...(pressed === undefined ? {} : { "aria-pressed": String(pressed) }), ...(disabled ? { disabled: "" } : {}),
    }, content);
  return [el("span", { class: "tools" },
    ...(not === null ? [] : [button("negate", words.negate, messages.not, not)]),
    ...(muted === null ? [] : [button("mute", words.mute, icon(ICONS.mute), muted)]),
    button("up", words.moveUp, icon(ICONS.up)),
    button("down", words.moveDown, icon(ICONS.down)),
    button("remove", remove, icon(ICONS.cross)))];
}
