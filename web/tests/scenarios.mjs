// The scenarios of docs/query-box.md section 6, by their numbers.
import { equal, ok, pause, test, until } from "./harness.mjs";
import { accessible, makeBox, openBox } from "./box.mjs";

test("1 a value is chosen with the keys", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Bo");
  await box.opened();
  equal(await box.options(), ["Box"], "options");
  equal(await box.active(), null, "active");
  await box.press("ArrowDown");
  const selected = page.getByRole("option", { name: "Box" });
  equal(await selected.getAttribute("aria-selected"), "true");
  equal(await box.active(), await selected.getAttribute("id"));
  const [node] = await accessible(page, "combobox", "Filter");
  equal([node.expanded, node.hasPopup, node.activedescendant], [true, "listbox", 1], "accessibility tree");
  await box.press("Enter");
  equal(await box.value(), "app = Box");
  await until(async () => (await box.expanded()) === "false", "the list closes");
  equal((await box.events("tamis-submit")).length, 0, "submits");
});

test("2 Enter with nothing active submits what was typed", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Box");
  await box.opened();
  await box.press("Enter");
  const submits = await box.events("tamis-submit");
  equal(submits.length, 1);
  equal(await box.value(), "app = Box");
  equal(submits[0].detail.ast.items.map(({ field, values }) => ({ field, values })), [{ field: "app", values: ["Box"] }]);
});

test("3 Ctrl+Enter submits as typed with an option active", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Box and app != Dro");
  await box.opened();
  await box.press("ArrowDown");
  ok(await box.active(), "an option is active");
  await box.set("app = Box");
  await page.keyboard.press("End");
  await box.press("Control+Space");
  await box.opened();
  ok(await box.active(), "an option is active");
  await box.press("Control+Enter");
  const submits = await box.events("tamis-submit");
  equal(submits.map(({ detail }) => detail.text), ["app = Box"]);
  equal(await box.value(), "app = Box");
});

test("4 Enter at once carries all that was typed, and a late answer opens nothing", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => fixture.delays([500, 500, 500]));
  await box.type("user.name = ana");
  await pause(150);
  await box.press("Enter");
  equal((await box.events("tamis-submit")).map(({ detail }) => detail.text), ["user.name = ana"]);
  await pause(700);
  equal(await box.expanded(), "false");
  const second = await makeBox(page);
  await page.evaluate(() => fixture.delays([500]));
  await second.type("user.name = bob");
  await second.press("Enter");
  equal((await second.events("tamis-submit")).at(-1).detail.text, "user.name = bob");
});

test("5 the later answer wins and the earlier request is aborted", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => { fixture.delays([400, 50]); fixture.names(["ana", "anna", "bob"]); });
  await box.type("user.name = a");
  await until(() => page.evaluate(() => fixture.log.calls.length === 1), "the first request");
  await box.type("n");
  await until(() => page.evaluate(() => fixture.log.calls.length === 2), "the second request");
  await pause(600);
  const calls = await page.evaluate(() => fixture.log.calls);
  equal(calls.map(({ field, prefix, aborted }) => [field, prefix, aborted]), [["user.name", "a", true], ["user.name", "an", false]]);
  equal((await box.options()).map(option => option.split(/\s/)[0]), ["ana", "anna"]);
});

test("6 Tab inserts an active option, else it leaves", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Bo");
  await box.opened();
  await box.press("ArrowDown");
  await box.press("Tab");
  equal(await box.value(), "app = Box");
  ok(await box.hasFocus(), "the focus stays");
  await box.type(" ");
  await box.opened();
  await box.press("Tab");
  equal(await box.focused(), "After");
  equal(await box.value(), "app = Box ");
  await box.press("Shift+Tab");
  ok(await box.hasFocus(), "Shift+Tab returns");
});

test("7 Escape closes the list, then the dialog", async ({ page, base }) => {
  const box = await openBox(page, base, { around: "dialog" });
  await box.type("app = Bo");
  await box.opened();
  await box.press("Escape");
  equal(await box.expanded(), "false");
  ok(await page.evaluate(() => document.querySelector("dialog").open), "the dialog stays open");
  equal(await box.value(), "app = Bo");
  await box.press("Escape");
  ok(await page.evaluate(() => !document.querySelector("dialog").open), "the dialog closes");
  equal(await box.value(), "app = Bo");
});

test("8 an unknown field is marked, mended and brought back", async ({ page, base }) => {
  const box = await openBox(page, base);
  await unknownField(page, box);
  await box.press("Control+z");
  equal(await box.value(), "aap = Box");
});

async function unknownField(page, box) {
  await box.type("aap = Box");
  await until(async () => (await box.input.getAttribute("aria-invalid")) === "true", "aria-invalid");
  const problems = await box.problems();
  equal(problems.map(({ span }) => span), [[0, 3]]);
  equal(await page.evaluate(() => [...box.shadowRoot.querySelectorAll(".m-error")].map(mark => mark.textContent)), ["aap"]);
  const description = await box.description();
  ok(description.includes("Unknown field") && description.includes("app"), `description: ${description}`);
  const [node] = await accessible(page, "combobox", "Filter");
  equal(node.invalid, "true", "the accessibility tree says invalid");
  ok(node.description.includes("Unknown field aap"), `accessible description: ${node.description}`);
  await box.press("F8");
  await box.press("Control+.");
  equal(await page.getByRole("menu", { name: "Fixes" }).count(), 1);
  await box.press("Enter");
  equal(await box.value(), "app = Box");
  equal(await box.problems(), []);
  equal(await box.input.getAttribute("aria-invalid"), null);
  ok(await box.hasFocus(), "the focus is in the box");
}

test("9 three problems are told once", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type('count = "x" and ip.address = 999.1.1.1 and (app = Box');
  // The box closed the bracket by itself: without that there is the third problem.
  if ((await box.value()).endsWith(")")) await box.press("Delete");
  await page.evaluate(() => { fixture.log.status.length = 0; });
  await pause(1300);
  const problems = await box.problems();
  equal(problems.length, 3, JSON.stringify(problems));
  equal(new Set(problems.map(({ code }) => code)).size, 3, "codes");
  equal(new Set(problems.map(({ span }) => span.join())).size, 3, "ranges");
  equal((await box.status()).filter(said => said.includes("3 problems")).length, 1, JSON.stringify(await box.status()));
});

test("10 a problem at the caret waits", async ({ page, base }) => {
  const box = await openBox(page, base, { around: "form" });
  await box.type("count >= ", 40);
  equal(await box.shownProblems(), []);
  equal(await box.input.getAttribute("aria-invalid"), null);
  await pause(150);
  equal(await box.shownProblems(), []);
  await box.input.blur();
  const shown = await box.shownProblems();
  ok(shown.some(problem => /a number is expected/i.test(problem)), JSON.stringify(shown));
  ok(await page.evaluate(() => box.matches(":invalid") && !box.checkValidity()), ":invalid");
  const second = await makeBox(page);
  await second.type("count >= ");
  await until(async () => (await second.shownProblems()).length === 1, "shown when idle", 2000);
});

test("11 any value that a host offers comes back as it was", async ({ page, base }) => {
  for (const [typed, wanted] of [["C:", "C:\\svc\\"], ["O", 'O"Neil']]) {
    const box = await openBox(page, base);
    await page.evaluate(names => fixture.names(names), [wanted]);
    await box.type(`user.name = ${typed}`);
    await box.opened();
    await until(async () => (await box.options()).some(option => option.includes(wanted)), "the host's value");
    await box.press("ArrowDown");
    await box.press("Enter");
    const values = () => page.evaluate(() => box.ast?.items[0]?.values);
    await until(async () => JSON.stringify(await values()) === JSON.stringify([wanted]), "the value in the tree");
    const first = await page.evaluate(() => box.ast);
    const text = await box.value();
    const again = await makeBox(page, { attributes: { value: text } });
    equal(await page.evaluate(() => box.ast), first);
    equal(await again.problems(), []);
  }
});

test("12 completion leaves what stands behind the caret", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box and count > 3" } });
  await box.caret(9);
  await box.type(" and dev");
  await box.opened();
  await box.press("ArrowDown");
  await box.press("Enter");
  await box.type("= Mob");
  await until(async () => (await box.options())[0]?.startsWith("Mobile"), "Mobile is offered");
  await box.press("ArrowDown");
  await box.press("Enter");
  equal(await box.value(), "app = Box and device.type = Mobile and count > 3");
  equal(await box.problems(), []);
});

test("13 one history over text, completion, chips and builder", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { chips: "" }, builder: true });
  await box.type("count > 3 and app = Bo");
  await box.opened();
  await box.press("ArrowDown");
  await box.press("Enter");
  const completed = await box.value();
  equal(completed, "count > 3 and app = Box");
  await page.getByRole("list", { name: "Filter conditions" }).getByRole("button", { name: /^Remove count/ }).click();
  equal(await box.value(), "app = Box");
  await page.getByRole("combobox", { name: "Operator" }).selectOption("!=");
  equal(await box.value(), "app != Box");
  await box.input.focus();
  const steps = [];
  for (let n = 0; n < 4; n++) { await box.press("Control+z"); steps.push(await box.value()); }
  equal(steps, ["app = Box", completed, "count > 3 and app = Bo", ""]);
  for (let n = 0; n < 4; n++) await box.press("Control+Shift+z");
  equal(await box.value(), "app != Box");
});

test("14 pasted markup and lines become one plain line", async ({ page, base, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
  const box = await openBox(page, base);
  const wanted = "<b>app</b> = Box and count > 3";
  await page.evaluate(() => navigator.clipboard.writeText("<b>app</b> = Box\nand count > 3"));
  await box.input.focus();
  await box.press("Control+v");
  equal(await box.value(), wanted);
  equal(await page.evaluate(() => box.shadowRoot.querySelectorAll(".cm-line").length), 1);
  await box.press("Control+a");
  await box.press("Control+c");
  equal(await page.evaluate(() => navigator.clipboard.readText()), wanted);
});

test("15 chips are named in words and removed by key", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { chips: "" } });
  await box.type("app = Box and not ip.tag = Botnet and (count > 3 or admin = true)");
  const chips = await box.chips();
  equal(chips.length, 3, JSON.stringify(chips));
  equal(chips[0], "app is Box");
  ok(/not/.test(chips[1]) && / or /.test(chips[2]), JSON.stringify(chips));
  await box.press("Shift+Tab");
  equal(await box.focused(), chips[0]);
  await box.press("End");
  equal(await box.focused(), chips[2]);
  await box.press("Home");
  await box.press("Delete");
  equal(await box.value(), "not ip.tag = Botnet and (count > 3 or admin = true)");
  equal(await box.focused(), chips[1]);
  ok((await box.status()).some(said => said.startsWith("Removed app is Box. Press Control Z to undo")), JSON.stringify(await box.status()));
});

test("16 negating and muting twice give the same bytes", async ({ page, base }) => {
  const text = "app  = Box and   ip.tag = Botnet # who\n or count > 3";
  const box = await openBox(page, base, { attributes: { chips: "", value: text } });
  await page.getByRole("list", { name: "Filter conditions" }).getByRole("button", { name: "app is Box", exact: false }).first().focus();
  await box.press("-");
  ok((await box.value()) !== text, "negated");
  await box.press("-");
  equal(await box.value(), text);
  const plain = "app  = Box and   ip.tag = Botnet";
  await box.set(plain);
  await page.getByRole("list", { name: "Filter conditions" }).getByRole("button", { name: /Botnet/ }).first().focus();
  await box.press("Control+/");
  equal(await page.evaluate(() => box.ast.items.map(item => item.field)), ["app"], "the tree lacks what is muted");
  await box.press("Control+/");
  equal(await box.value(), plain);
});

test("17 the builder changes only what is changed in it", async ({ page, base }) => {
  const text = "app   =  Box   and count>3 # busy";
  const box = await openBox(page, base, { attributes: { value: text }, builder: true });
  await page.getByRole("group", { name: "All of, 2 conditions" }).waitFor();
  equal(await box.value(), text);
  await page.evaluate(() => document.querySelector("tamis-builder").remove());
  equal(await box.value(), text);
  const again = await makeBox(page, { attributes: { value: text }, builder: true });
  await page.getByRole("combobox", { name: "Operator" }).first().selectOption("!=");
  equal(await again.value(), "app   !=  Box   and count>3 # busy");
});

test("18 a clause with an error is a row that stays", async ({ page, base }) => {
  const text = "app = Box and count > and device.type = Mobile";
  const box = await openBox(page, base, { attributes: { value: text }, builder: true });
  await page.getByRole("button", { name: "Edit as text" }).first().waitFor();
  equal(await page.getByRole("combobox", { name: "Field" }).count(), 2);
  equal(await box.value(), text);
  equal(await page.locator("tamis-builder .locked").count(), 1);
});

test("19 the builder by keys alone", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" }, builder: true });
  const on = async () => page.evaluate(() => { if (document.activeElement === document.body) throw new Error("the focus is on the body"); });
  await page.getByRole("button", { name: "Add condition" }).focus();
  await box.press("Enter");
  await on();
  equal(await box.focused(), "Field");
  await page.keyboard.type("device");
  await on();
  await until(async () => (await box.value()).includes("device.type"), "the field changes");
  await box.press("Tab");
  await box.press("Tab");
  await on();
  await page.keyboard.type("Mobile");
  await until(async () => (await box.value()) === "app = Box and device.type = Mobile", "the value changes");
  await box.press("Alt+ArrowUp");
  await on();
  equal(await box.value(), "device.type = Mobile and app = Box");
  await page.getByRole("button", { name: /^Remove device/ }).focus();
  await box.press("Enter");
  await on();
  equal(await box.value(), "app = Box");
});

test("20 the box is a form's control", async ({ page, base }) => {
  const box = await openBox(page, base, { around: "form", attributes: { name: "q", value: "app = Box", label: null } });
  await page.evaluate(() => {
    const form = box.closest("form");
    const label = Object.assign(document.createElement("label"), { htmlFor: "box", textContent: "Find" });
    form.prepend(label);
    window.sent = 0;
    form.addEventListener("submit", event => { event.preventDefault(); window.sent++; });
  });
  await page.getByText("Find").click();
  const named = page.getByRole("combobox", { name: "Find" });
  ok(await named.evaluate(element => element.getRootNode().activeElement === element), "the label focuses");
  const data = () => page.evaluate(() => [...new FormData(box.closest("form"))]);
  equal(await data(), [["q", "app = Box"]]);
  await box.set("app = Dropbox");
  equal(await data(), [["q", "app = Dropbox"]]);
  await page.evaluate(() => box.closest("form").reset());
  equal(await box.value(), "app = Box");
  await page.evaluate(() => { const set = document.createElement("fieldset"); set.disabled = true; const form = box.closest("form"); form.append(set); set.append(box); });
  equal(await data(), []);
  await page.evaluate(() => { box.closest("fieldset").disabled = false; box.value = "count >"; box.closest("form").requestSubmit(); });
  equal(await page.evaluate(() => window.sent), 0, "an invalid query blocks the form");
  await page.evaluate(() => { box.value = "count > 3"; box.closest("form").requestSubmit(); });
  equal(await page.evaluate(() => window.sent), 1);
});

test("20 back navigation restores the text", async ({ page, base }) => {
  await page.goto(`${base}/tests/form.html`);
  const input = page.getByRole("combobox", { name: "Filter" });
  await input.focus();
  await page.keyboard.type("count > 3");
  await page.goto(`${base}/tests/page.html`);
  await page.goBack();
  await until(() => page.evaluate(() => document.querySelector("tamis-query")?.value === "count > 3"), "the text is back");
});

test("21 a page that holds the value does not disturb typing", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  await page.evaluate(() => box.addEventListener("input", () => { box.value = `${box.value}`; }));
  await box.caret(3);
  await box.type("XY");
  equal(await box.value(), "appXY = Box");
  await box.type("Z");
  equal(await box.value(), "appXYZ = Box");
  const before = (await box.events("input")).length;
  await box.set("count > 3");
  equal((await box.events("input")).length, before, "input events");
  await box.press("Control+z");
  equal(await box.value(), "appXYZ = Box");
});

test("22 a composition is left alone", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("user.name = ");
  await pause(60);
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await client.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
  equal((await box.events("tamis-submit")).length, 0, "submits while composing");
  await client.send("Input.imeSetComposition", { text: "日本", selectionStart: 2, selectionEnd: 2 });
  await client.send("Input.insertText", { text: "日本" });
  equal(await box.value(), "user.name = 日本");
  await pause(30);
  await box.press("Enter");
  const submits = await box.events("tamis-submit");
  equal(submits.map(({ detail }) => detail.text), ["user.name = 日本"]);
});

test("23 times are resolved and a target's limits are a warning", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "date >= now-7d", hints: "" } });
  await box.input.focus();
  await box.press("Home");
  const hover = await page.evaluate(() => box.explain());
  ok(hover.includes("3 March 2026, 13:00 Europe/Paris"), `explain: ${hover}`);
  const words = await box.description();
  ok(words.includes("3 March 2026, 13:00 Europe/Paris") && words.includes("10 March 2026, 13:00 Europe/Paris"), `the clause: ${words}`);
  await page.evaluate(() => {
    const script = Object.assign(document.createElement("script"), { type: "application/json", id: "archive" });
    script.textContent = JSON.stringify({ title: "archive", fields: ["device.type"] });
    document.body.append(script);
  });
  const second = await makeBox(page, { attributes: { target: "archive", value: "device.type = Mobile" } });
  const problems = await second.problems();
  equal(problems.map(({ severity }) => severity), ["warning"], JSON.stringify(problems));
  ok(problems[0].message.includes("device.type") && problems[0].message.includes("archive"), problems[0].message);
  await second.input.focus();
  await second.press("Enter");
  equal((await second.events("tamis-submit")).length, 1);
});

test("24 a strict policy and no network", async ({ page, base, context }) => {
  const errors = [];
  page.on("console", message => { if (message.type() === "error" && !message.text().includes("favicon")) errors.push(message.text()); });
  page.on("pageerror", error => errors.push(String(error)));
  const box = await openBox(page, base, {}, "?csp=strict");
  await page.evaluate(() => fixture.make({}));
  const requests = [];
  page.on("request", request => requests.push(request.url()));
  await context.setOffline(true);
  try {
    await box.type("app = Bo");
    await box.opened();
    equal(await box.options(), ["Box"]);
    await box.press("ArrowDown");
    await box.press("Enter");
    equal(await box.value(), "app = Box");
    const second = await makeBox(page);
    await unknownField(page, second);
  } finally {
    await context.setOffline(false);
  }
  equal(await page.evaluate(() => fixture.log.violations), []);
  equal(requests, []);
  equal(errors, []);
});

test("24 without WebAssembly it is a plain field", async ({ page, base }) => {
  const box = await openBox(page, base, { around: "form", attributes: { name: "q" } }, "?csp=plain");
  equal(await page.evaluate(() => box.ready), false);
  ok((await box.events("tamis-error")).length > 0, "tamis-error");
  // The page stays, so that what happened can be asked of it.
  await page.evaluate(() => document.querySelector("form").addEventListener("submit", event => { event.preventDefault(); globalThis.submits = (globalThis.submits ?? 0) + 1; }));
  await box.type("anything (goes");
  await box.press("Enter");
  equal(await page.evaluate(() => globalThis.submits), 1);
  equal((await box.events("tamis-submit")).map(({ detail }) => detail.text.replace(/\)$/, "")), ["anything (goes"]);
});
