/** The query box. Importing it defines nothing: call `define()`. */
export { define, TamisQuery, type SubmitDetail } from "./box/element.js";
export { english, type Messages, type MessagesInput } from "./box/messages.js";
export type { Ast, AstClause, AstGroup } from "./box/ast.js";
export type { CompletionContext, HostCompletion, Provider } from "./box/values.js";
export type { Clock } from "./box/session.js";
export { setSource } from "./language/language.js";
export type * from "./language/contract.js";
