// Prints the size of a module beside its budget and the recorded size, and fails when it has grown
// by more than 3 % since that was recorded. Sizes are bytes of Debian's build after brotli 11; the
// build of another compiler is printed without a verdict.
// node wasm/size.mjs core wasm/out/tamis-core.wasm
import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [name, file] = process.argv.slice(2);
const sizes = JSON.parse(readFileSync(new URL("sizes.json", import.meta.url), "utf8"));
const { budget, recorded } = sizes[name];
const module = readFileSync(file);
const params = {
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_LGWIN]: 22,
  [constants.BROTLI_PARAM_SIZE_HINT]: module.length,
};
const small = brotliCompressSync(module, { params }).length;
const most = Math.floor(recorded * 1.03);
const over = small > budget ? `, ${small - budget} over its budget of ${budget}` : `, within its budget of ${budget}`;
console.log(`${name}: ${module.length} bytes, brotli 11: ${small} bytes${over}; recorded are ${recorded}`);
if (small > most && existsSync("/usr/lib/rustlib/src/rust/library")) {
  console.error(`${name} has grown by more than 3 %: find out why, or record the size in wasm/sizes.json and say why`);
  process.exitCode = 1;
}
