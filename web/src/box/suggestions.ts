import type { Ask, Completion, Item } from "../language/contract.js";
import { Listbox, type Option } from "./listbox.js";
import type { Messages } from "./messages.js";
import type { Session } from "./session.js";
import { HostValues } from "./values.js";

export interface Suggestion extends Option {
  /** What is put into the text; null for a whole query. */
  item: Item | null;
  query: string | null;
}

export interface SuggestionsHost {
  readonly text: string;
  readonly caret: number;
  readonly focused: boolean;
  readonly session: Session | null;
  readonly messages: Messages;
  readonly recent: readonly string[];
  readonly saved: readonly string[];
  readonly firstActive: boolean;
  rectangle(at: number): DOMRect | null;
  pick(suggestion: Suggestion): void;
  /** The list opened, changed, began to load or closed. */
  listChanged(): void;
  failed(error: unknown): void;
}

const LOCAL = 30;
const REMOTE = 120;
const LIMIT = 50;
/** Types whose values the language knows itself. */
const KNOWN_TYPES = new Set(["boolean", "timestamp", "date"]);

/** When the list opens, what is in it, and when it closes. */
export class Suggestions {
  readonly listbox = new Listbox<Suggestion>();
  readonly values = new HostValues();
  readonly #host: SuggestionsHost;
  #timer = 0;
  #remote = 0;
  #loading = false;
  #waiting = false;

  constructor(host: SuggestionsHost) {
    this.#host = host;
    this.listbox.onPick = suggestion => host.pick(suggestion);
  }

  get loading(): boolean { return this.#loading; }

  /** After a key: soon, so that a quick typist is not held up. */
  soon(): void {
    this.#cancel();
    this.values.abort();
    this.listbox.activate(-1);
    this.#waiting = true;
    this.#timer = setTimeout(() => this.open(false), LOCAL) as unknown as number;
  }

  /** The list that is on its way, at once: a key that walks it has to find that of this text. */
  flush(): void {
    if (this.#waiting) this.open(false);
  }

  /** Opens the list for the caret. `asked`: a person asked, so an empty list says so. */
  open(asked: boolean): void {
    this.#cancel();
    const { session, text, caret, focused } = this.#host;
    if (!session || !focused) return this.close();
    const { completion } = session.near(text, caret);
    const ask = this.#askable(session, completion);
    const known = ask && this.values.provider ? this.values.known(ask) : null;
    if (ask && this.values.provider && !known) this.#askHost(ask, asked);
    const shown = known ? session.near(text, caret, known).completion : completion;
    this.#show(shown, asked);
  }

  /** In an empty box: what was asked before. True when there is something. */
  openQueries(): boolean {
    const { recent, saved, messages } = this.#host;
    const option = (kind: "recent" | "saved") => (query: string): Suggestion =>
      ({ label: query, detail: "", doc: "", kind, group: messages.groups[kind], item: null, query });
    const all = [...recent.map(option("recent")), ...saved.map(option("saved"))];
    if (all.length === 0) return false;
    this.#cancel();
    this.listbox.show(all, "", this.#host.rectangle(0), messages);
    this.#host.listChanged();
    return true;
  }

  close(): void {
    this.#cancel();
    this.values.abort();
    const was = this.listbox.shown;
    this.listbox.hide();
    if (was) this.#host.listChanged();
  }

  place(): void {
    const from = this.#host.session?.near(this.#host.text, this.#host.caret).completion?.from;
    this.listbox.place(this.#host.rectangle(from ?? this.#host.caret));
  }

  /** The host is asked where the schema does not name all values itself, and not for times. */
  #askable(session: Session, completion: Completion | null): Ask | null {
    const ask = completion?.ask ?? null;
    const field = session.field(ask?.field ?? null);
    const named = field !== null && field.values.length > 0 && !field.open;
    return named || (field !== null && KNOWN_TYPES.has(field.type)) ? null : ask;
  }

  #cancel(): void {
    this.#waiting = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#remote);
    this.#loading = false;
  }

  #askHost(ask: Ask, asked: boolean): void {
    this.values.abort();
    this.#loading = true;
    this.#remote = setTimeout(async () => {
      const { text, caret } = this.#host;
      const answer = await this.values.ask({ ...ask, text, caret, limit: LIMIT });
      if (!answer || this.#host.text !== text || this.#host.caret !== caret || !this.#host.focused) return;
      this.#loading = false;
      if ("error" in answer) this.#host.failed(answer.error);
      const { session } = this.#host;
      if (!session) return;
      const values = "values" in answer ? answer.values : [];
      const active = this.listbox.active;
      this.#show(session.near(text, caret, values).completion, asked, "error" in answer);
      // What somebody has moved to stays active when more comes in.
      const again = active ? this.listbox.options.findIndex(option => option.label === active.label && option.kind === active.kind) : -1;
      if (again >= 0) { this.listbox.activate(again); this.#host.listChanged(); }
    }, REMOTE) as unknown as number;
  }

  #show(completion: Completion | null, asked: boolean, failed = false): void {
    const { messages } = this.#host;
    const typed = completion ? this.#host.text.slice(completion.from, this.#host.caret).replace(/^["']/, "") : "";
    const options = wordsFirst(completion?.items ?? [], typed).slice(0, LIMIT).map(item => suggestionOf(item, messages));
    const note = this.#loading ? messages.loading : failed ? messages.loadFailed : options.length === 0 && asked ? messages.noSuggestions : "";
    if (options.length === 0 && note === "") return this.close();
    this.listbox.show(options, note, this.#host.rectangle(completion?.from ?? this.#host.caret), messages);
    if (options.length > 0 && (this.#host.firstActive || asked)) this.listbox.activate(0);
    this.#host.listChanged();
  }
}

function suggestionOf(item: Item, messages: Messages): Suggestion {
  return { label: item.label, detail: item.detail, doc: item.doc, kind: item.kind, group: messages.groups[item.kind], item, query: null };
}

/** Where a word of some label begins with what was typed, labels that only hold it somewhere are left out. */
function wordsFirst(items: Item[], typed: string): Item[] {
  if (typed === "") return items;
  const small = typed.toLowerCase();
  const begins = ({ label }: Item): boolean => label.split(/(?<=[^\p{L}\p{N}])|(?<=\p{Ll})(?=\p{Lu})/u).some((_, at, parts) => parts.slice(at).join("").toLowerCase().startsWith(small));
  const found = items.filter(begins);
  return found.length > 0 ? found : items;
}
