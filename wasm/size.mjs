// Prints the size of a module beside its budget and the recorded size, and fails when it is over its
// budget or has grown by more than 3 % since that was recorded. A module whose recorded size is over
// the budget may not grow. Sizes are bytes of Debian's build after brotli 11; the
// build of another compiler is printed without a verdict.
// node wasm/size.mjs core wasm/out/tamis-core.wasm debian
import { readFileSync } from "node:fs";
import { packed } from "./packed.mjs";

const [name, file, compiler] = process.argv.slice(2);
const sizes = JSON.parse(readFileSync(new URL("sizes.json", import.meta.url), "utf8"));
const { budget, recorded } = sizes[name];
const module = readFileSync(file);
const small = packed(module);
// Folders and names change the order of functions, and with it a few hundred bytes.
const ROOM = 1.004;
const most = Math.floor(Math.min(recorded * 1.03, Math.max(budget, recorded * ROOM)));
const over = small > budget ? `, ${small - budget} over its budget of ${budget}` : `, within its budget of ${budget}`;
console.log(`${name}: ${module.length} bytes, brotli 11: ${small} bytes${over}; recorded are ${recorded}`);
if (small > most && compiler === "debian") {
  console.error(`${name} may have ${most} bytes: "What takes the space" in wasm/README.md says where to look`);
  process.exitCode = 1;
}
