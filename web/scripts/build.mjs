// Builds the package into dist/: scripts, types, the WebAssembly modules beside them, sizes.
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepInline, writeInline } from "./inline.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(web, "dist");
const wasm = process.env.TAMIS_WASM ?? join(web, "..", "wasm", "out");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: web,
  entryPoints: { query: "src/query.ts", builder: "src/builder.ts", language: "src/language.ts", react: "src/react.ts" },
  outdir: out, bundle: true, splitting: true, format: "esm", target: "es2022", minify: true, sourcemap: false,
  chunkNames: "chunk-[hash]", external: ["react", "node:*"], legalComments: "none", plugins: [keepInline],
});
for (const name of ["tamis-core.wasm", "tamis-full.wasm"]) {
  const from = join(wasm, name);
  if (!existsSync(from)) throw new Error(`${from} is not there: run wasm/build first`);
  copyFileSync(from, join(out, name));
}
writeInline(out);
if (!process.argv.includes("--fast")) {
  execFileSync(join(web, "node_modules/.bin/tsc"), ["-p", web], { stdio: "inherit" });
}
console.log("dist:", JSON.parse(readFileSync(join(web, "package.json"), "utf8")).version);
