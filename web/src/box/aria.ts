/** What a screen reader is told of the editable element. */
export interface ComboboxState {
  label: string;
  open: boolean;
  /** The id of the active option. */
  active: string | null;
  invalid: boolean;
  /** The id of what describes the box. */
  description: string | null;
  readonly: boolean;
  disabled: boolean;
  required: boolean;
}

/** The attributes of a combobox: some always, some only while they hold. Null takes away what the editor sets. */
export function comboboxAttributes(state: ComboboxState): Record<string, string> {
  return {
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": String(state.open), "aria-controls": "list",
    "aria-label": state.label, "aria-multiline": null as unknown as string,
    spellcheck: "false", autocapitalize: "off", autocorrect: "off", enterkeyhint: "search", part: "text",
    ...(state.active ? { "aria-activedescendant": state.active } : {}),
    ...(state.invalid ? { "aria-invalid": "true" } : {}),
    ...(state.description ? { "aria-describedby": state.description } : {}),
    ...(state.readonly ? { "aria-readonly": "true" } : {}),
    ...(state.disabled ? { "aria-disabled": "true" } : {}),
    ...(state.required ? { "aria-required": "true" } : {}),
  };
}
