// Prints what the scripts weigh after gzip, and fails over their budgets. wasm/size.mjs weighs the modules.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

/** A script with all that it imports at once. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(dist, name), "utf8");
  for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) closure(other, seen);
  return seen;
}

const gzip = names => [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);

const box = closure("query.js");
const builder = [...closure("builder.js")].filter(name => !box.has(name));
const rows = [
  ["box with its editor", gzip(box), 120],
  ["builder beside a box", gzip(builder), 15],
  ["builder alone", gzip(closure("builder.js")), 25],
];
let over = 0;
for (const [name, bytes, limit] of rows) {
  const fits = bytes <= limit * 1000;
  if (!fits) over++;
  console.log(`${fits ? "ok     " : "TOO BIG"} ${name.padEnd(22)} ${(bytes / 1000).toFixed(1).padStart(7)} KB gzip of ${limit}`);
}
process.exitCode = over ? 1 : 0;
