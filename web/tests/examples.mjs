// The examples as a reader would run them: the packed package, installed, in a page, Vite, React and Node.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equal, launch, ok, runAll, serve, test, until, web } from "./harness.mjs";

const work = mkdtempSync(join(tmpdir(), "tamis-examples-"));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
run("npm", ["pack", "--silent", "--pack-destination", work], web);
const packed = join(work, readdirSync(work).find(name => name.endsWith(".tgz")));

function installed(name) {
  const folder = join(work, name);
  cpSync(join(web, "../examples/web", name), folder, { recursive: true });
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", packed], folder);
  return folder;
}

/** Types a query with a completion, and submits it. */
async function works(page, url) {
  const requests = [];
  page.on("response", response => { if (response.status() >= 400 && !response.url().includes("favicon")) requests.push(response.url()); });
  page.on("pageerror", error => requests.push(String(error)));
  await page.goto(url);
  const input = page.getByRole("combobox", { name: "Filter activities" });
  await input.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type("ip.category = Ris");
  await until(async () => (await page.getByRole("option").allInnerTexts())[0]?.startsWith("Risky"), "a suggestion", 15000);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await until(async () => (await page.locator("#sent").textContent()) === "ip.category = Risky", "the submitted text");
  equal(requests, [], "failed requests and errors");
}

test("example: a plain page", async ({ page }) => {
  const server = await serve(installed("plain"));
  try { await works(page, server.url); } finally { server.close(); }
});

for (const name of ["vite", "react"]) {
  test(`example: ${name}, built`, async ({ page }) => {
    const folder = installed(name);
    run("npx", ["vite", "build", "--logLevel", "warn"], folder);
    const server = await serve(join(folder, "dist"));
    try {
      await works(page, server.url);
      if (name === "react") equal(await page.locator("#length").textContent(), String("ip.category = Risky".length), "React holds the text");
      else ok(await page.getByRole("group", { name: /condition/ }).count(), "the builder shows the query");
    } finally { server.close(); }
  });
}

test("example: vite, while developing", async ({ page }) => {
  const folder = installed("vite");
  const port = 5200 + (process.pid % 700);
  const vite = spawn(join(folder, "node_modules/.bin/vite"), ["--port", String(port), "--strictPort", "--host", "127.0.0.1"], { cwd: folder, stdio: "ignore" });
  try {
    await until(() => fetch(`http://127.0.0.1:${port}/`).then(response => response.ok, () => false), "vite starts", 20000);
    await works(page, `http://127.0.0.1:${port}/`);
  } finally { vite.kill(); }
});

test("example: Node", async () => {
  const out = run("node", ["main.mjs"], installed("node"));
  const [sql, matches] = out.trim().split("\n");
  ok(/ip_category/.test(sql), sql);
  equal(matches, "true");
});

test("example: importing in Node defines nothing and throws nothing", async () => {
  const folder = installed("node");
  const out = run("node", ["--input-type=module", "-e", 'for (const name of ["query", "builder"]) console.log(typeof (await import("tamis-query/" + name)).define)'], folder);
  equal(out.trim().split("\n"), ["function", "function"]);
});

const browser = await launch();
const setup = async () => {
  const page = await browser.context.newPage();
  return { page, tear: () => page.close() };
};
const { passed, failed } = await runAll(setup);
await browser.close();
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length ? 1 : 0;
