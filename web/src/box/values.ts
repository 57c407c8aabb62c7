import type { Ask, HostValue } from "../language/contract.js";

export interface CompletionContext extends Ask {
  text: string;
  caret: number;
  limit: number;
}

export interface HostCompletion {
  /** The value itself: it is quoted and escaped by the box. */
  value: string;
  /** What it is, for people. */
  detail?: string;
}

export type Provider = (context: CompletionContext, signal: AbortSignal) => Promise<(HostCompletion | string)[]>;

export type Answer = { values: HostValue[] } | { error: unknown };

const KEPT = 100;

/** Values that a host knows: one request at a time, the last one wins, answers are kept. */
export class HostValues {
  provider: Provider | null = null;
  readonly #kept = new Map<string, HostValue[]>();
  #controller: AbortController | null = null;

  /** What is known already for a place. */
  known(ask: Ask): HostValue[] | null {
    return this.#kept.get(keyOf(ask)) ?? null;
  }

  /** Asks the host; an earlier request is aborted and its answer ignored. Null when this one was aborted. */
  async ask(context: CompletionContext): Promise<Answer | null> {
    this.abort();
    const { provider } = this;
    if (!provider) return { values: [] };
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const found = await provider(context, controller.signal);
      if (controller.signal.aborted) return null;
      const values = found.slice(0, context.limit).map(asValue);
      this.#keep(keyOf(context), values);
      return { values };
    } catch (error) {
      return controller.signal.aborted ? null : { error };
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }

  abort(): void {
    this.#controller?.abort();
    this.#controller = null;
  }

  forget(): void {
    this.abort();
    this.#kept.clear();
  }

  #keep(key: string, values: HostValue[]): void {
    this.#kept.set(key, values);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const keyOf = ({ field, operator, prefix }: Ask): string => JSON.stringify([field, operator, prefix]);

function asValue(given: HostCompletion | string): HostValue {
  return typeof given === "string" ? { text: given, detail: "" } : { text: given.value, detail: given.detail ?? "" };
}
