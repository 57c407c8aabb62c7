// All tests in a real browser: node tests/run.mjs [words of names…]
import { launch, runAll, serve } from "./harness.mjs";
await import("./scenarios.mjs");
for (const more of ["./keys.mjs", "./access.mjs", "./more.mjs", "./playground.mjs"]) await import(more);

const server = await serve();
const browser = await launch();
const setup = async () => {
  const page = await browser.context.newPage();
  return { page, context: browser.context, base: server.url, tear: () => page.close() };
};
const { passed, failed } = await runAll(setup);
await browser.close();
server.close();
console.log(failed.length ? `failed: ${failed.join("; ")}` : "");
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length ? 1 : 0;
