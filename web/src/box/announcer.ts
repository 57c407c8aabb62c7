import { el, spoken } from "./dom.js";

export type Topic = "list" | "problems";

const DELAY = 400;

/** What a screen reader hears: one status node, messages held for 400 ms, none said twice in a row. */
export class Announcer {
  readonly status = el("div", { class: "hidden", role: "status", "aria-live": "polite" });
  readonly alert = el("div", { class: "hidden", role: "alert" });
  readonly #waiting = new Map<Topic, string>();
  readonly #said = new Map<Topic, string>();
  #timer = 0;

  say(topic: Topic, message: string): void {
    this.#waiting.set(topic, spoken(message));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), DELAY) as unknown as number;
  }

  /** Says what a person did or asked for, without the wait, even when it was said before. */
  now(said: string): void {
    const message = spoken(said);
    // The same words again are no change of the text: an invisible mark makes them one.
    this.status.textContent = this.status.textContent === message ? `${message}\u200b` : message;
  }

  /** Forgets what was said, so that the same may be said again: a list that closed and opens anew. */
  forget(topic: Topic): void {
    this.#waiting.delete(topic);
    this.#said.delete(topic);
  }

  warn(message: string): void {
    this.alert.textContent = "";
    // A live region is read when its text changes, so the same refusal is read again.
    requestAnimationFrame(() => { this.alert.textContent = spoken(message); });
  }

  #speak(): void {
    clearTimeout(this.#timer);
    const fresh = [...this.#waiting].filter(([topic, message]) => message !== "" && this.#said.get(topic) !== message);
    for (const [topic, message] of this.#waiting) this.#said.set(topic, message);
    this.#waiting.clear();
    if (fresh.length > 0) this.status.textContent = fresh.map(([, message]) => message).join(". ");
  }
}
