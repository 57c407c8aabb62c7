// The playground: from a server and from a folder, at desktop and phone width.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { equal, ok, test, until, web } from "./harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PLACE = "playground/dist/index.html";

async function openPlayground(page, base, fragment = "") {
  await page.goto(`${base}/${PLACE}${fragment}`);
  await page.waitForSelector("html[data-ready]", { timeout: 20000 });
}

const text = (page, id) => page.locator(`#${id}`).innerText();

test("playground: every target says the query", async ({ page, base }) => {
  await openPlayground(page, base, "#q=service+%3D+Box&schema=activities&to=api");
  equal(JSON.parse(await text(page, "output")), { filters: { service: { eq: [10489] } } });
  const names = await page.locator("#targets label").evaluateAll(all => all.map(label => label.dataset.target));
  ok(names.length >= 15, names.join());
  for (const name of names) {
    await page.locator(`#targets [data-target=${name}] input`).check({ force: true });
    const out = await text(page, "output");
    const notes = await text(page, "output-notes");
    ok(out.trim() !== "" || notes.trim() !== "", `${name} says nothing`);
  }
  ok(/service is Box/.test(await text(page, "words")), await text(page, "words"));
});

test("playground: records, comparison, links", async ({ page, base }) => {
  await openPlayground(page, base, "#q=service+%3D+Box&vs=service+in+(Box,+11161)");
  equal(await text(page, "records-count"), "2 of 3 selected");
  ok(/10489|11161/.test(await text(page, "comparison")), await text(page, "comparison"));
  await page.getByRole("combobox", { name: "Query", exact: true }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("service = 11161");
  await until(async () => (await text(page, "records-count")) === "1 of 3 selected", "the records follow");
  const link = page.url();
  ok(link.includes("11161"), link);
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector("html[data-ready]");
  equal(await page.evaluate(() => document.querySelector("#box").value), "service = 11161");
});

test("playground: a schema of one's own", async ({ page, base }) => {
  await openPlayground(page, base);
  await page.getByRole("button", { name: "Own schema…" }).click();
  await page.getByRole("textbox", { name: "Schema as TOML, or a filter table" }).fill("name = 3");
  await page.getByRole("button", { name: "Use this schema" }).click();
  await until(async () => (await text(page, "own-error")) !== "", "what is wrong with it");
  await page.getByRole("textbox", { name: "Schema as TOML, or a filter table" }).fill('name = "pets"\n[[field]]\nname = "name"\ntype = "string"\noperators = ["eq"]\n');
  await page.getByRole("button", { name: "Use this schema" }).click();
  await page.getByRole("combobox", { name: "Query", exact: true }).focus();
  await page.keyboard.type("name = Rex");
  await page.locator("#targets [data-target=sqlite] input").check({ force: true });
  await until(async () => /name/.test(await text(page, "output")), "the output");
});

test("playground: a filter table pasted from a page is read as a schema", async ({ page, base }) => {
  await openPlayground(page, base);
  await page.getByRole("button", { name: "Own schema…" }).click();
  const area = page.getByRole("textbox", { name: "Schema as TOML, or a filter table" });
  // What a browser copies of a table: cells parted by tabs.
  const cells = [
    ["Filter", "Type", "Operators", "Description"],
    ["severity", "integer", "eq, neq", "Filter by severity. Possible values include: 0: Low 1: High"],
    ["owner", "string", "eq, startswith", "Who has it"],
  ];
  await area.fill(cells.map(row => row.join("\t")).join("\n"));
  const use = page.getByRole("button", { name: "Use this schema" });
  await use.click();
  await until(async () => /^Read 2 fields from the table/.test(await text(page, "own-note")), "what was read");
  ok((await area.inputValue()).includes('name = "severity"'), "the table as TOML");
  await use.click();
  await page.getByRole("combobox", { name: "Query", exact: true }).focus();
  await page.keyboard.type("owner starts with ann");
  await page.locator("#targets [data-target=sqlite] input").check({ force: true });
  await until(async () => /owner/.test(await text(page, "output")), "the output");
});

test("playground: from a folder, without a server", async ({ page, context }) => {
  await context.setOffline(true);
  try {
    await page.goto(`${pathToFileURL(join(web, PLACE))}#q=service+%3D+Box&to=sqlite`);
    await page.waitForSelector("html[data-ready]", { timeout: 20000 });
    ok(/service/.test(await text(page, "output")), "the output");
  } finally {
    await context.setOffline(false);
  }
});

for (const [look, width] of [["light", 1280], ["dark", 390]]) {
  test(`playground: axe and no sideways scrolling, ${look}, ${width} px`, async ({ page, base }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: look });
    await openPlayground(page, base, "#q=(device.type+%3D+Mobile+or+device.type+%3D+Tablet)+and+ip.category+%3D+Rissky");
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(node => node.target.flat().join(" ")) })));
    equal(found, []);
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "scrolls sideways");
  });
}
