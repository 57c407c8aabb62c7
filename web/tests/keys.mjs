// The key table of docs/query-box.md section 2, line by line.
import { equal, ok, pause, test, until } from "./harness.mjs";
import { accessible, makeBox, openBox } from "./box.mjs";

const selection = page => page.evaluate(() => { const { anchorOffset } = box.shadowRoot.getSelection?.() ?? getSelection(); return anchorOffset; });

test("keys: typing opens the list and clears the active option", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = ");
  await box.opened();
  equal(await box.active(), null);
  await box.press("ArrowDown");
  ok(await box.active(), "active");
  await box.type("B");
  await until(async () => (await box.options()).join() === "Box", "the list follows");
  equal(await box.active(), null);
  await box.press("ArrowDown");
  await box.press("Backspace");
  await until(async () => (await box.options()).length === 4, "the list follows a deletion");
  equal(await box.active(), null);
});

test("keys: arrows and pages walk the list and wrap", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = ");
  await box.opened();
  const active = async () => (await box.active()) && page.getByRole("option", { selected: true }).innerText();
  const [first, , , last] = (await box.options()).map(option => option.split("\n")[0]);
  const walk = async key => { await box.press(key); return (await active()).split("\n")[0]; };
  equal(await walk("ArrowUp"), last, "Up goes to the last");
  equal(await walk("ArrowDown"), first, "Down wraps");
  equal(await walk("PageDown"), last);
  equal(await walk("PageUp"), first);
  equal(await walk("ArrowUp"), last, "Up wraps");
  equal(await box.value(), "app = ");
});

test("keys: Left, Right, Home and End move the caret and clear the active option", async ({ page, base }) => {
  for (const key of ["ArrowLeft", "Home", "End", "ArrowRight"]) {
    const box = await openBox(page, base);
    await box.type("app = Bo");
    await box.opened();
    await box.press("ArrowDown");
    await box.press(key);
    await pause(80);
    equal(await box.active(), null, key);
    equal(await box.value(), "app = Bo");
  }
});

test("keys: Alt+Down and Ctrl+Space open with the first active", async ({ page, base }) => {
  for (const key of ["Alt+ArrowDown", "Control+Space"]) {
    const box = await openBox(page, base, { attributes: { value: "app = " } });
    await box.caret(6);
    equal(await box.expanded(), "false");
    await box.press(key);
    await box.opened();
    const active = await box.active();
    ok(active?.endsWith("-0"), `${key}: ${active}`);
    await box.press("ArrowDown");
    await box.press(key);
    ok((await box.active()).endsWith("-1"), `${key} stays`);
  }
});

test("keys: Enter submits closed or with none active, inserts with one active", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  await box.input.focus();
  await box.press("Enter");
  equal((await box.events("tamis-submit")).length, 1, "closed");
  await box.press("Control+Enter");
  equal((await box.events("tamis-submit")).length, 2, "Ctrl+Enter");
  await box.press("Meta+Enter");
  equal((await box.events("tamis-submit")).length, 3, "Cmd+Enter");
});

test("keys: Shift+Tab closes and leaves even with an option active", async ({ page, base }) => {
  const box = await openBox(page, base, { before: true });
  await box.type("app = Bo");
  await box.opened();
  await box.press("ArrowDown");
  await box.press("Shift+Tab");
  equal(await box.focused(), "Before");
  equal(await box.value(), "app = Bo");
  equal(await box.expanded(), "false");
});

test("keys: tab-completes first and never", async ({ page, base }) => {
  const first = await openBox(page, base, { attributes: { "tab-completes": "first" } });
  await first.type("app = Bo");
  await first.opened();
  await first.press("Tab");
  equal(await first.value(), "app = Box");
  const never = await makeBox(page, { attributes: { "tab-completes": "never" } });
  await never.type("app = Bo");
  await never.opened();
  await never.press("ArrowDown");
  await never.press("Tab");
  equal(await never.value(), "app = Bo");
  equal(await never.focused(), "After");
});

test("keys: Escape is stopped only when it closed the list", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => { window.escapes = 0; document.addEventListener("keydown", event => { if (event.key === "Escape") window.escapes++; }); });
  await box.type("app = Bo");
  await box.opened();
  await box.press("Escape");
  equal(await page.evaluate(() => window.escapes), 0);
  await box.press("Escape");
  equal(await page.evaluate(() => window.escapes), 1);
  equal(await box.value(), "app = Bo");
});

test("keys: F8 and Shift+F8 walk the problems and say them", async ({ page, base }) => {
  const text = "aap = Box and count > 3 and cuont > 2";
  const box = await openBox(page, base, { attributes: { value: text } });
  await box.input.focus();
  const at = () => page.evaluate(() => box.shadowRoot.getSelection ? box.shadowRoot.getSelection().toString() : getSelection().toString());
  await box.press("Control+Home");
  await box.press("F8");
  const seen = [await at()];
  await box.press("F8");
  seen.push(await at());
  await box.press("Shift+F8");
  seen.push(await at());
  equal([...seen].sort(), ["aap", "cuont", seen[0]].sort(), JSON.stringify(seen));
  equal(seen[0], seen[2]);
  ok((await box.status()).some(said => /Problem \d of 2\. Unknown field/.test(said)), JSON.stringify(await box.status()));
});

test("keys: Ctrl+. and Alt+Enter open the fixes, Escape returns", async ({ page, base }) => {
  for (const key of ["Control+.", "Alt+Enter"]) {
    const box = await openBox(page, base, { attributes: { value: "aap = Box" } });
    await box.input.focus();
    await box.press(key);
    const menu = page.getByRole("menu", { name: "Fixes" });
    equal(await menu.count(), 1, key);
    ok(/app/.test(await box.focused()), "a fix has the focus");
    await box.press("Escape");
    equal(await menu.count(), 0);
    ok(await box.hasFocus(), "the focus returns");
    equal(await box.value(), "aap = Box");
  }
});

test("keys: Ctrl+/ mutes and unmutes the clause at the caret", async ({ page, base }) => {
  const text = "app = Box and count > 3";
  const box = await openBox(page, base, { attributes: { value: text } });
  await box.caret(20);
  await box.press("Control+/");
  equal(await page.evaluate(() => box.ast.items.map(item => item.field)), ["app"]);
  ok(await page.evaluate(() => box.shadowRoot.querySelector(".m-muted")), "struck through");
  const muted = await page.evaluate(() => box.analysis.clauses.find(clause => clause.muted).span);
  await box.caret(muted[0] + 3);
  await box.press("Control+/");
  equal(await box.value(), text);
});

test("keys: undo and redo close the list", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Bo");
  await box.opened();
  await box.press("Control+z");
  equal(await box.expanded(), "false");
  equal(await box.value(), "");
  await box.press("Control+y");
  equal(await box.value(), "app = Bo");
  await box.press("Control+z");
  await box.press("Control+Shift+z");
  equal(await box.value(), "app = Bo");
});

test("keys: Down in an empty box opens recent and saved, Shift+Delete removes a recent one", async ({ page, base }) => {
  const box = await openBox(page, base, { properties: { recent: ["app = Box", "count > 3"], saved: ["admin = true"] } });
  await box.input.focus();
  await box.press("ArrowDown");
  await box.opened();
  equal(await page.getByRole("listbox", { name: "Suggestions" }).getByRole("group").evaluateAll(all => all.map(group => group.getAttribute("aria-label"))), ["Recent", "Saved"]);
  await box.press("Shift+Delete");
  equal(await page.evaluate(() => box.recent), ["count > 3"]);
  equal((await box.events("tamis-recent")).map(({ detail }) => detail.removed), ["app = Box"]);
  await box.press("ArrowDown");
  await box.press("Enter");
  equal(await box.value(), "count > 3");
  equal((await box.events("tamis-submit")).length, 0);
});

test("keys: brackets and quotes close themselves and are stepped over", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("(");
  equal(await box.value(), "()");
  await box.press("Backspace");
  equal(await box.value(), "");
  await box.type("(app = Box)");
  equal(await box.value(), "(app = Box)");
  await box.press("Control+a");
  await box.press("Delete");
  await box.type('user.name = "');
  equal(await box.value(), 'user.name = ""');
  await box.type('a b"');
  equal(await box.value(), 'user.name = "a b"');
  await box.set("x");
  await page.keyboard.press("End");
  await box.type("(");
  await box.press("Control+z");
  equal(await box.value(), "x", "undone at once");
});

test("keys: the pointer changes no active option and does not blur the box", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = ");
  await box.opened();
  await box.press("ArrowDown");
  const active = await box.active();
  await page.getByRole("option").nth(2).hover();
  equal(await box.active(), active);
  await page.getByRole("option").nth(2).click();
  ok(await box.hasFocus(), "the focus stays");
  equal(await box.value(), 'app = "Microsoft Teams"');
});

test("keys: a key right after a composition is left alone", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  await box.input.focus();
  await box.input.evaluate(element => {
    element.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    element.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true, composed: true }));
  });
  equal((await box.events("tamis-submit")).length, 0);
  await pause(30);
  await box.press("Enter");
  equal((await box.events("tamis-submit")).length, 1);
});

test("keys: Ctrl+M and other keys are the page's", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  await page.evaluate(() => { window.kept = []; document.addEventListener("keydown", event => window.kept.push([event.key, event.defaultPrevented])); });
  await box.input.focus();
  await box.press("Control+m");
  await box.press("F2");
  equal(await page.evaluate(() => window.kept.filter(([key]) => key !== "Control")), [["m", false], ["F2", false]]);
});

test("keys: multiline takes Shift+Enter, one line flattens", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { multiline: "", value: "app = Box" } });
  await box.input.focus();
  await page.keyboard.press("End");
  await box.press("Shift+Enter");
  await box.type("and count > 3");
  equal(await box.value(), "app = Box\nand count > 3");
});

test("aria: what is always there, and what is there for a while", async ({ page, base }) => {
  const box = await openBox(page, base);
  const attributes = () => box.input.evaluate(element => Object.fromEntries([...element.attributes].filter(({ name }) => /^(aria-|role|spellcheck|autocap|enterkey)/.test(name)).map(({ name, value }) => [name, value])));
  const fixed = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": "list", "aria-label": "Filter", spellcheck: "false", autocapitalize: "off", enterkeyhint: "search" };
  const found = await attributes();
  equal(Object.entries(fixed).filter(([name, value]) => found[name] !== value), []);
  equal(["aria-activedescendant", "aria-invalid", "aria-placeholder", "aria-multiline", "aria-readonly", "aria-disabled", "aria-required"].filter(name => name in found), []);
  ok(await box.input.evaluate(element => element.getRootNode().getElementById(element.getAttribute("aria-controls"))?.getAttribute("role") === "listbox"), "aria-controls leads to the listbox");
  await page.evaluate(() => { box.required = true; box.readOnly = true; });
  equal([(await attributes())["aria-required"], (await attributes())["aria-readonly"]], ["true", "true"]);
  await page.evaluate(() => { box.readOnly = false; box.disabled = true; });
  equal((await attributes())["aria-disabled"], "true");
});

test("aria: the list is told with groups, names and states", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = ");
  await box.opened();
  const options = await accessible(page, "option");
  equal(options.length, 4);
  ok(options.every(({ selected }) => selected === false), JSON.stringify(options));
  await until(async () => (await box.status()).some(said => said.startsWith("4 suggestions")), "the count is said");
  equal((await accessible(page, "listbox", "Suggestions")).length, 1);
  equal((await accessible(page, "group", "Values")).length, 1);
});

test("aria: a refused submit is an alert and the event invalid", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("aap = Box");
  await box.press("Enter");
  equal((await box.events("tamis-submit")).length, 0);
  equal((await box.events("invalid")).length, 1);
  await until(async () => /1 problem\. Unknown field aap/.test(await page.evaluate(() => box.shadowRoot.querySelector("[role=alert]").textContent)), "the alert");
});

test("chips: Backspace marks, then removes; Enter goes to the text", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { chips: "", value: "app = Box and count > 3" } });
  const list = page.getByRole("list", { name: "Filter conditions" });
  equal(await list.getByRole("button").evaluateAll(all => all.filter(button => button.tabIndex === 0).length), 1, "one tab stop");
  await list.getByRole("button").first().focus();
  await box.press("ArrowRight");
  await box.press("Backspace");
  equal(await box.value(), "app = Box and count > 3");
  await box.press("Backspace");
  equal(await box.value(), "app = Box");
  equal(await box.focused(), "app is Box");
  await box.press("Enter");
  ok(await box.hasFocus(), "the text has the focus");
  await list.getByRole("button").first().focus();
  await box.press("Delete");
  equal(await box.value(), "");
  ok(await box.hasFocus(), "the last chip gone, the box has the focus");
});
