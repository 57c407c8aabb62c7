import type { Clause } from "../language/contract.js";
import { wordsOf } from "./chips.js";
import type { Messages } from "./messages.js";
import type { Session } from "./session.js";

/** What makes a time depend on now. */
const RELATIVE = /\b(now|ago|today|yesterday|tomorrow|last|past|next|this|within|newer|older|from)\b|[-+]\d/i;

/** A clause in words. One that counts from now says when that is. */
export function explained(clause: Clause, session: Session | null, messages: Messages): string {
  if (clause.words === null) return "";
  const words = wordsOf(clause);
  const type = session?.field(clause.field?.name ?? null)?.type;
  const relative = (type === "timestamp" || type === "date") && RELATIVE.test(clause.text);
  return relative && session ? `${words}; ${messages.now(session.now, session.zone)}` : words;
}
