import type { Analysis, Group } from "../language/contract.js";

/** A condition that holds or not: a clause, or a group of them. Muted clauses are no part of it. */
export type Ast = AstGroup | AstClause;

export interface AstClause {
  type: "clause";
  field: string | null;
  operator: string | null;
  /** The values without quotes and escapes. */
  values: string[];
  not: boolean;
  text: string;
}

export interface AstGroup {
  type: "group";
  kind: "and" | "or";
  not: boolean;
  items: Ast[];
}

/** The query's tree, without spelling and places. */
export function astOf(analysis: Analysis): AstGroup {
  const last = analysis.tree.at(-1);
  return last ? groupOf(last, analysis) : { type: "group", kind: "and", not: false, items: [] };
}

function groupOf(group: Group, analysis: Analysis): AstGroup {
  const items: Ast[] = [];
  for (const item of group.items) {
    if ("group" in item) items.push(groupOf(item.group, analysis));
    else if ("clause" in item) {
      const clause = analysis.clauses[item.clause];
      if (clause && !clause.muted) items.push(clauseOf(clause));
    }
  }
  return { type: "group", kind: group.kind, not: group.not, items };
}

function clauseOf(clause: Analysis["clauses"][number]): AstClause {
  return {
    type: "clause",
    field: clause.field?.name ?? clause.field?.text ?? null,
    operator: clause.operator?.name ?? clause.operator?.text ?? null,
    values: clause.values.map(value => value.value),
    not: clause.not,
    text: clause.text,
  };
}
