// Holds the package's types against those that the Rust side prints: the same members in every shape.
import type * as rust from "../../wasm/api.js";
import type * as own from "../src/language/contract.js";

/** True when two shapes have the same members, and `never` otherwise. */
type Same<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : never) : never;

export const same: [
  Same<rust.Opened, own.Opened>, Same<rust.Field, own.FieldInfo>, Same<rust.Operator, own.OperatorInfo>,
  Same<rust.Analysis, own.Analysis>, Same<rust.Problem, own.Problem>, Same<rust.Fix, own.Fix>,
  Same<rust.Completion, own.Completion>, Same<rust.Ask, own.Ask>, Same<rust.Item, own.Item>,
  Same<rust.Clause, own.Clause>, Same<rust.Name, own.Named>, Same<rust.Written, own.Value>, Same<rust.Group, own.Group>,
  Same<rust.Hover, own.Hover>, Same<rust.Edited, own.Edited>, Same<rust.Change, own.Change>, Same<rust.Compiled, own.Compiled>,
  Same<rust.Verdict, own.Matched["clauses"][number]>, Same<rust.Compared, own.Compared>, Same<rust.Failure, own.Failure>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];

/** The words that both sides use for kinds. */
export const kinds: [rust.TokenKind, rust.ItemKind, rust.Connective] extends [own.TokenKind, own.ItemKind, "and" | "or"] ? true : never = true;
