// The modules as scripts, for bundlers that move a script away from the file beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Leaves `import("./inline-core.js")` as it is: the file is written beside the scripts. */
export const keepInline = {
  name: "keep-inline",
  setup(build) {
    build.onResolve({ filter: /^\.\/inline-(core|full)\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

export function writeInline(out) {
  for (const size of ["core", "full"]) {
    const bytes = readFileSync(join(out, `tamis-${size}.wasm`));
    writeFileSync(join(out, `inline-${size}.js`), `export default "${bytes.toString("base64")}";\n`);
  }
}
