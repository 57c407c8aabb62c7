// Builds the playground into playground/dist: a folder that works from a server and from the disk.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepInline } from "./inline.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const from = join(web, "playground");
const out = join(from, "dist");
const wasm = join(process.env.TAMIS_WASM ?? join(web, "..", "wasm", "out"), "tamis-full.wasm");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: [join(from, "src/main.ts")], outfile: join(out, "playground.js"), bundle: true, minify: true,
  format: "iife", target: "es2022", define: { "import.meta.url": "document.baseURI" }, legalComments: "none", external: ["node:*"], plugins: [keepInline],
});
for (const name of ["index.html", "playground.css", "icon.svg"]) copyFileSync(join(from, name), join(out, name));
copyFileSync(wasm, join(out, "tamis-full.wasm"));
writeFileSync(join(out, "wasm.js"), `globalThis.TAMIS_WASM="${readFileSync(wasm).toString("base64")}";\n`);
