/** What a link holds, in the fragment: it is sent to no server. */
export interface State {
  schema: string;
  own: string;
  query: string;
  other: string;
  target: string;
}

const KEYS: [keyof State, string][] = [["query", "q"], ["schema", "schema"], ["own", "own"], ["other", "vs"], ["target", "to"]];

export function stateOf(fragment: string): Partial<State> {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  return Object.fromEntries(KEYS.flatMap(([key, short]) => (given.has(short) ? [[key, given.get(short) ?? ""]] : [])));
}

export function fragmentOf(state: State): string {
  const out = new URLSearchParams();
  for (const [key, short] of KEYS) if (state[key] && !(key === "own" && state.schema !== "own")) out.set(short, state[key]);
  return `#${out}`;
}
