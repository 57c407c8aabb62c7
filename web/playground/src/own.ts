/** The dialog for a schema of one's own: TOML, or a filter table copied from a page. */
import { importTable, open } from "../../src/language/language.js";

interface Said { problems?: { message: string }[]; message: string }

const messages = (problems: { message: string }[]): string => problems.map(problem => problem.message).join("; ");

/** Why a text is no schema, or null. */
async function fault(toml: string): Promise<string | null> {
  try {
    (await open({ schema: { toml }, now: Date.now() }, "full")).close();
    return null;
  } catch (error) {
    const { problems, message } = error as Said;
    return messages(problems ?? []) || message;
  }
}

export type Read =
  /** The text is a schema. */
  | { kind: "schema"; toml: string }
  /** The text is a table: what it comes to, to be looked over, and what was decided for it. */
  | { kind: "table"; toml: string; note: string }
  /** The text is neither. */
  | { kind: "fault"; message: string };

/** Reads what stands in the dialog. */
export async function readOwn(text: string): Promise<Read> {
  const wrong = await fault(text);
  if (wrong === null) return { kind: "schema", toml: text };
  const table = await importTable(text);
  if (table.toml === "" || table.problems.some(problem => problem.severity === "error")) {
    const isToml = /^\s*(\[\[|\w+\s*=)/m.test(text);
    return { kind: "fault", message: isToml ? wrong : messages(table.problems) || wrong };
  }
  const fields = table.toml.match(/^\[\[field\]\]/gm)?.length ?? 0;
  const left = table.problems.length === 0 ? "" : ` What the table left open: ${messages(table.problems)}.`;
  return { kind: "table", toml: table.toml, note: `Read ${fields} ${fields === 1 ? "field" : "fields"} from the table. Look the schema over, then use it.${left}` };
}
