/** The builder: rows over the text of a box. Importing it defines nothing: call `define()`. */
export { define, TamisBuilder } from "./builder/element.js";
