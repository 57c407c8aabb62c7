// Scenario 25: axe in every state, narrow windows, clipped places.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { equal, ok, pause, test } from "./harness.mjs";
import { openBox } from "./box.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STATES = {
  closed: async () => {},
  open: async (page, box) => { await box.type("app = "); await box.opened(); await box.press("ArrowDown"); },
  problems: async (page, box) => { await box.type("aap = Box and cuont > 2 "); await box.input.blur(); },
  fixes: async (page, box) => { await box.type("aap = Box "); await box.press("F8"); await box.press("Control+."); },
  chips: async (page, box) => { await page.evaluate(() => { box.chips = true; box.value = "app = Box and not ip.tag = Botnet and (count > 3 or admin = true)"; }); },
  builder: async (page, box) => { await page.evaluate(() => { box.value = "app = Box and (count > 3 or admin = true) and aap = 1 and date >= today"; }); await pause(50); },
};

async function violations(page) {
  await page.evaluate(source => { if (!window.axe) { const script = document.createElement("script"); script.textContent = source; document.head.append(script); } }, axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(" ")}: ${failureSummary}`) }));
  });
}

for (const [name, reach] of Object.entries(STATES)) {
  for (const look of ["light", "dark", "forced", "narrow"]) {
    test(`25 axe: ${name}, ${look}`, async ({ page, base }) => {
      if (look === "narrow") await page.setViewportSize({ width: 320, height: 640 });
      if (look === "forced") await page.emulateMedia({ forcedColors: "active" });
      const box = await openBox(page, base, { builder: name === "builder" });
      if (look === "dark") await page.evaluate(() => document.documentElement.classList.add("dark"));
      await reach(page, box);
      equal(await violations(page), [], "axe");
      ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "scrolls sideways");
    });
  }
}

test("25 the list is wholly visible in a clipped place", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => box.parentElement.classList.add("clip"));
  await box.type("app = ");
  await box.opened();
  const seen = await page.evaluate(() => {
    const popup = box.shadowRoot.querySelector(".popup");
    const { left, right, top, bottom, height } = popup.getBoundingClientRect();
    const corners = [[left + 5, top + 5], [right - 5, bottom - 5]];
    const hit = corners.every(([x, y]) => popup.contains(box.shadowRoot.elementFromPoint(x, y)));
    return hit && height > 60 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
  ok(seen, "clipped");
});

test("25 the active option is scrolled into view", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.setViewportSize({ width: 400, height: 260 });
  await box.input.focus();
  await box.press("Control+Space");
  await box.opened();
  await box.press("ArrowUp");
  const inside = await page.evaluate(() => {
    const list = box.shadowRoot.querySelector("[role=listbox]").getBoundingClientRect();
    const row = box.shadowRoot.querySelector("[aria-selected=true]").getBoundingClientRect();
    return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
  });
  ok(inside, "out of view");
});
