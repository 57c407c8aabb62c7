// A browser, a server of static files, and a runner with a plain closing line.
import { chromium } from "playwright-core";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const web = join(dirname(fileURLToPath(import.meta.url)), "..");
export const schema = JSON.parse(readFileSync(join(web, "tests/schema.json"), "utf8"));

/** The policy of docs/query-box.md section 4. */
export const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
export const CSP_WITHOUT_WASM = CSP.replace(" 'wasm-unsafe-eval'", "");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml" };

/** Serves a folder. The policy comes from the query: `?csp=strict`. */
export async function serve(root = web) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const path = join(root, normalize(decodeURIComponent(url.pathname)).replace(/^(\.\.[/\\])+/, ""));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) { response.writeHead(404).end(); return; }
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" };
    const csp = url.searchParams.get("csp");
    if (csp) headers["content-security-policy"] = csp === "strict" ? CSP : CSP_WITHOUT_WASM;
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "tamis-web-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, viewport: { width: 1000, height: 700 },
    args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return { context, close: async () => { await context.close(); rmSync(profile, { recursive: true, force: true }); } };
}

const tests = [];
export const test = (name, run) => tests.push({ name, run });

/** Runs what was asked for (all, or those whose name has one of the words). */
export async function runAll(setup, words = process.argv.slice(2)) {
  const wanted = words.length ? tests.filter(({ name }) => words.some(word => name.includes(word))) : tests;
  let passed = 0;
  const failed = [];
  for (const { name, run } of wanted) {
    const start = Date.now();
    let tear = () => {};
    try {
      const made = await setup();
      tear = made.tear;
      await run(made);
      passed++;
      console.log(`ok      ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`FAILED  ${name}\n${String(error?.stack ?? error).split("\n").slice(0, 12).map(line => `        ${line}`).join("\n")}`);
    } finally {
      await tear();
    }
  }
  return { passed, failed };
}

export function equal(actual, expected, what = "") {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what ? `${what}: ` : ""}got ${a}, expected ${b}`);
}

export function ok(value, what) {
  if (!value) throw new Error(what);
}

/** Waits until a function is true, for things that come with a delay. */
export async function until(look, what, time = 15000) {
  const end = Date.now() + time;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${time} ms: ${what}`);
    await new Promise(done => setTimeout(done, 15));
  }
}

export const pause = time => new Promise(done => setTimeout(done, time));
