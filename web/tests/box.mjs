// What the tests of the box do and look at, by role and name.
import { until } from "./harness.mjs";

/** Opens the page of the scenarios and makes a box. */
export async function openBox(page, base, options = {}, query = "") {
  await page.goto(`${base}/tests/page.html${query}`);
  await page.waitForSelector("html[data-ready]");
  return makeBox(page, options);
}

export async function makeBox(page, options = {}) {
  await page.evaluate(given => fixture.make(given), options);
  const input = page.getByRole("combobox", { name: "Filter" });
  return {
    page, input,
    value: () => page.evaluate(() => box.value),
    set: text => page.evaluate(given => { box.value = given; }, text),
    caret: at => page.evaluate(given => box.show([given, given]), at),
    options: () => page.getByRole("option").allInnerTexts(),
    active: () => input.getAttribute("aria-activedescendant"),
    expanded: () => input.getAttribute("aria-expanded"),
    opened: () => until(async () => (await input.getAttribute("aria-expanded")) === "true", "the list opens"),
    problems: () => page.evaluate(() => box.diagnostics),
    shownProblems: () => page.getByRole("list", { name: "Problems" }).getByRole("listitem").allInnerTexts(),
    description: () => input.evaluate(element => {
      const id = element.getAttribute("aria-describedby");
      return id ? element.getRootNode().getElementById(id)?.textContent ?? "" : "";
    }),
    events: name => page.evaluate(wanted => fixture.log.events.filter(event => event.name === wanted), name),
    status: () => page.evaluate(() => fixture.log.status),
    focused: () => page.evaluate(() => { let found = document.activeElement; while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement; return found?.getAttribute("aria-label") ?? found?.textContent ?? found?.localName; }),
    hasFocus: () => input.evaluate(element => element.getRootNode().activeElement === element),
    type: async (text, delay = 0) => { await input.focus(); await page.keyboard.type(text, { delay }); },
    press: key => page.keyboard.press(key),
    chips: () => page.getByRole("list", { name: "Filter conditions" }).getByRole("listitem").evaluateAll(all => all.map(item => item.querySelector(".chip-edit").getAttribute("aria-label"))),
  };
}

/** The accessibility tree's own node for the box, as the browser tells it to screen readers. */
export async function accessible(page, role, name) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  return nodes.filter(node => node.role?.value === role && (name === undefined || node.name?.value === name) && !node.ignored)
    .map(node => ({ name: node.name?.value, description: node.description?.value, value: node.value?.value, ...Object.fromEntries((node.properties ?? []).map(property => [property.name, property.value.value ?? property.value.relatedNodes?.length])) }));
}
