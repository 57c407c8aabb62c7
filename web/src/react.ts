import { createElement, useEffect, useLayoutEffect, useRef, type ReactElement, type Ref } from "react";
import { define, type SubmitDetail, type TamisQuery } from "./box/element.js";
import type { MessagesInput } from "./box/messages.js";
import type { Clock } from "./box/session.js";
import type { Provider } from "./box/values.js";
import type { Lacks, Problem } from "./language/contract.js";
import type { SchemaInput } from "./language/language.js";

export interface QueryProps {
  schema: SchemaInput;
  /** With it the page holds the text: an equal value changes nothing. */
  value?: string;
  defaultValue?: string;
  label?: string;
  placeholder?: string;
  name?: string;
  id?: string;
  className?: string;
  required?: boolean;
  readOnly?: boolean;
  disabled?: boolean;
  chips?: boolean;
  multiline?: boolean;
  hints?: boolean;
  tabCompletes?: "active" | "first" | "never";
  timeZone?: string;
  clock?: Clock;
  target?: string | Lacks | null;
  params?: Record<string, unknown> | null;
  completions?: Provider | null;
  messages?: MessagesInput | null;
  recent?: readonly string[];
  saved?: readonly string[];
  onInput?: (text: string, event: Event) => void;
  onChange?: (text: string, event: Event) => void;
  onSubmit?: (detail: SubmitDetail, event: CustomEvent<SubmitDetail>) => void;
  onDiagnostics?: (diagnostics: Problem[]) => void;
  onError?: (error: unknown) => void;
  ref?: Ref<TamisQuery>;
}

const EVENTS = ["input", "change", "tamis-submit", "tamis-diagnostics", "tamis-error"] as const;
const DIRECT = new Set(["onInput", "onChange", "onSubmit", "onDiagnostics", "onError", "ref", "defaultValue", "id", "className"]);

/** The box for React: it holds no state, properties go to the element and its events come back. */
export function Query(props: QueryProps): ReactElement {
  const own = useRef<TamisQuery | null>(null);
  const latest = useRef(props);
  const last = useRef<Record<string, unknown>>({});

  useLayoutEffect(() => {
    latest.current = props;
    const element = own.current as unknown as Record<string, unknown> | null;
    if (!element) return;
    for (const [name, value] of Object.entries(props)) {
      // `value` is said at every rendering: a text that the page refused is put back.
      if (DIRECT.has(name) || value === undefined || (name !== "value" && last.current[name] === value)) continue;
      element[name] = value;
      last.current[name] = value;
    }
  });

  useEffect(() => {
    define();
    const element = own.current;
    const hear = (event: Event): void => {
      const { onInput, onChange, onSubmit, onDiagnostics, onError } = latest.current;
      const { detail } = event as CustomEvent;
      switch (event.type) {
        case "input": onInput?.(element?.value ?? "", event); break;
        case "change": onChange?.(element?.value ?? "", event); break;
        case "tamis-submit": onSubmit?.(detail, event as CustomEvent<SubmitDetail>); break;
        case "tamis-diagnostics": onDiagnostics?.(detail.diagnostics); break;
        default: onError?.(detail.error);
      }
    };
    for (const name of EVENTS) element?.addEventListener(name, hear);
    return () => { for (const name of EVENTS) element?.removeEventListener(name, hear); };
  }, []);

  const ref = (element: TamisQuery | null): void => {
    own.current = element;
    if (typeof props.ref === "function") props.ref(element);
    else if (props.ref) props.ref.current = element;
  };
  return createElement("tamis-query", { ref, id: props.id, class: props.className, ...(props.defaultValue === undefined ? {} : { value: props.defaultValue }) } as object);
}
