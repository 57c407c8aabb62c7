/** The compiler without a box: for Node, servers, workers and editors of one's own. */
export { Language, importTable, open, schemas, setSource, targets, type OpenInput, type SchemaInput, type Size } from "./language/language.js";
export { LanguageError, type Source } from "./language/module.js";
export { localZone, zoneInput } from "./language/zone.js";
export type * from "./language/contract.js";
