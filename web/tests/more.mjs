// What the embedding page can rely on (docs/query-box.md section 4), and measures.
import { equal, ok, pause, test, until } from "./harness.mjs";
import { makeBox, openBox } from "./box.mjs";

test("host: an attribute is the initial and reset value, properties set before the definition count", async ({ page, base }) => {
  await page.goto(`${base}/tests/late.html`);
  await page.waitForSelector("html[data-ready]");
  equal(await page.evaluate(() => [early.value, attribute.value, fallback.value]), ["count > 3", "app = Box", "admin = true"]);
  equal(await page.evaluate(() => [...new FormData(document.querySelector("form"))]), [["early", "count > 3"], ["attribute", "app = Box"], ["fallback", "admin = true"]]);
});

test("host: events, by what made the change", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.set("app = Box");
  equal((await box.events("input")).length, 0, "setting fires nothing");
  await box.caret(9);
  await box.type(" x");
  equal((await box.events("input")).length, 2);
  equal((await box.events("change")).length, 0);
  await box.input.blur();
  equal((await box.events("change")).length, 1);
});

test("host: addClause brackets an or and removeClause takes a clause", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box or count > 3" } });
  ok(await page.evaluate(() => box.addClause("admin = true")), "added");
  equal(await box.value(), "(app = Box or count > 3) and admin = true");
  equal(await page.evaluate(() => box.addClause("app = Box) or (count > 1")), false, "what is no clause is refused");
  equal(await box.value(), "(app = Box or count > 3) and admin = true");
  ok(await page.evaluate(() => box.removeClause(2)), "removed");
  equal(await page.evaluate(() => [box.undo(), box.undo(), box.value]), [true, true, "app = Box or count > 3"]);
});

test("host: format, explain, evaluate", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app=Box&&count>3" } });
  ok(await page.evaluate(() => box.format()), "formatted");
  equal(await box.value(), "app = Box and count > 3");
  ok(/app is Box/.test(await page.evaluate(() => box.explain())), "explained");
  const verdict = await page.evaluate(() => box.evaluate({ app: "Box", count: 2 }));
  equal(verdict.matches, false);
  equal(verdict.clauses.map(clause => clause.verdict), ["true", "false"]);
});

test("host: strings of another language", async ({ page, base }) => {
  await page.goto(`${base}/tests/page.html`);
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(async () => {
    await fixture.make({ attributes: { chips: "" } });
    box.messages = { conditions: "Bedingungen", suggestionCount: count => `${count} Vorschläge`, groups: { value: "Werte" } };
    box.value = "app = Box";
  });
  equal(await page.getByRole("list", { name: "Bedingungen" }).count(), 1);
  await page.getByRole("combobox", { name: "Filter" }).focus();
  await page.evaluate(() => box.show([9, 9]));
  await page.keyboard.press("Control+Space");
  equal(await page.getByRole("group", { name: "Werte" }).count(), 1);
});

test("host: a provider that fails says so and the box goes on", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => fixture.fail(true));
  await box.type("user.name = an");
  await until(async () => (await box.events("tamis-error")).length === 1, "tamis-error");
  ok(await page.evaluate(() => box.shadowRoot.querySelector(".list-status").textContent.includes("could not be loaded")), "said");
  await page.evaluate(() => fixture.fail(false));
  await box.type("a");
  await until(async () => (await box.options()).length > 0, "asked again");
});

test("host: a shipped target by its name warns with the full module", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { target: "kql", value: "app = Box" } });
  ok(await page.evaluate(() => box.ready), "ready");
  await box.input.focus();
  await box.press("Enter");
  equal((await box.events("tamis-submit")).length, 1, "a target's limits never block");
});

test("host: hovering says what a field is", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  const mark = await box.input.evaluate(element => { const { x, y, width, height } = element.querySelector(".t-field").getBoundingClientRect(); return [x + width / 2, y + height / 2]; });
  await page.mouse.move(mark[0] - 1, mark[1]);
  await page.mouse.move(...mark);
  await until(() => page.getByRole("tooltip").count(), "the card");
  ok(/The app that the event comes from/.test(await page.getByRole("tooltip").innerText()), await page.getByRole("tooltip").innerText());
});

test("host: what is typed before the compiler is there gets its suggestions then", async ({ page, base }) => {
  const box = await openBox(page, base, { wait: false });
  await page.evaluate(() => { box.schema = null; box.focus(); });
  await box.type("app = Bo");
  equal(await box.expanded(), "false");
  await page.evaluate(async () => { box.schema = await (await fetch("schema.json")).json(); await box.ready; });
  await box.opened();
  equal(await box.options(), ["Box"]);
});

test("host: a read-only box is changed by nothing", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "aap = Box and count > 3", readonly: "", chips: "" }, builder: true });
  await box.input.focus();
  await page.keyboard.type("x");
  await page.getByRole("button", { name: "Change to app" }).click();
  await page.getByRole("list", { name: "Filter conditions" }).getByRole("button").first().focus();
  await box.press("Delete");
  await box.press("-");
  ok(await page.getByRole("button", { name: "Add condition" }).isDisabled(), "the builder is disabled");
  equal(await box.value(), "aap = Box and count > 3");
});

test("host: what a provider answers is text", async ({ page, base }) => {
  const box = await openBox(page, base);
  await page.evaluate(() => fixture.names(["img <img src=x onerror=window.hacked=1>"]));
  await box.type("user.name = img");
  await until(async () => (await box.options())[0]?.startsWith("img <img src=x"), "the answer, shown as it is");
  await box.press("ArrowDown");
  await box.press("Enter");
  equal(await page.evaluate(() => [box.ast.items[0].values, window.hacked ?? null]), [["img <img src=x onerror=window.hacked=1>"], null]);
});

test("host: another name, and two boxes of one page", async ({ page, base }) => {
  await openBox(page, base);
  await page.evaluate(async () => {
    const { define } = await import("../dist/query.js");
    define("my-query");
    const second = document.createElement("my-query");
    second.setAttribute("schema", "activities");
    second.setAttribute("label", "Second");
    document.querySelector("main").append(second);
    await second.ready;
  });
  await page.getByRole("combobox", { name: "Second" }).focus();
  await page.keyboard.type("serv");
  await until(async () => (await page.getByRole("option").allInnerTexts())[0]?.startsWith("service"), "the second box suggests");
});

test("host: a box that is moved keeps its text, one that is removed lets go", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box" } });
  await page.evaluate(() => document.querySelector("main").append(box));
  equal(await box.value(), "app = Box");
  await page.evaluate(async () => { const kept = box; kept.remove(); await Promise.resolve(); document.querySelector("#place").append(kept); await kept.ready; });
  equal(await box.value(), "app = Box");
  await box.type(" and ");
  await box.opened();
});

test("the builder's calendar writes a day, and changes only the day that is written", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "date >= today and app = Box" }, builder: true });
  const pick = (name, day) => page.evaluate(([name, day]) => {
    const input = document.querySelector("tamis-builder").shadowRoot.querySelector(`[aria-label="${name}"]`).parentElement.querySelector("input");
    input.value = day;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, [name, day]);
  ok(await page.getByRole("button", { name: "Pick a day" }).isVisible(), "a button for the calendar");
  await page.getByRole("button", { name: "Pick a day" }).click();
  await pick("Pick a day", "2026-03-01");
  equal(await box.value(), "date >= 2026-03-01 and app = Box");
  await box.set("date between 2026-02-01T08:00 and today");
  await pick("Pick the first day", "2026-01-15");
  equal(await box.value(), "date between 2026-01-15T08:00 and today");
  await box.set("date between yesterday and today");
  await pick("Pick the last day", "2026-03-02");
  equal(await box.value(), "date between 2026-03-02 and 2026-03-02");
  await pick("Pick the last day", "2026-03-04");
  equal(await box.value(), "date between 2026-03-02 and 2026-03-04");
});

test("host: after any edits each character is painted as it is read", async ({ page, base }) => {
  const box = await openBox(page, base, { attributes: { value: "app = Box and aap = 1 and (count > 3 or admin = true)", chips: "" } });
  const wrong = await page.evaluate(async () => {
    const content = box.shadowRoot.querySelector(".cm-content");
    const line = () => content.querySelector(".cm-line");
    const painted = () => {
      const all = [];
      const walk = (node, names) => {
        if (node.nodeType === 3) for (let at = 0; at < node.data.length; at++) all.push(names);
        else for (const child of node.childNodes) walk(child, `${names} ${node === line() ? "" : node.className}`);
      };
      walk(line(), "");
      return all.map(names => names.split(" ").filter(name => name.startsWith("t-")).join(" "));
    };
    const read = () => {
      const all = Array.from({ length: box.value.length }, () => "");
      for (const [from, to, kind] of box.analysis.tokens) all.fill(`t-${kind}`, from, to);
      return all;
    };
    let seed = 7;
    const draw = most => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
    const puts = ["x", " ", "=", " and ", "(", '"', "not ", "count > 1", "é", ""];
    for (let n = 0; n < 150; n++) {
      const from = draw(box.value.length + 1);
      box.show([from, Math.min(box.value.length, from + draw(4))]);
      const put = puts[draw(puts.length)];
      if (n % 10 === 9) box.undo();
      else if (put) document.execCommand("insertText", false, put);
      else document.execCommand("delete");
      await new Promise(done => setTimeout(done));
      if (JSON.stringify(painted()) !== JSON.stringify(read())) return [n, box.value, painted().join(), read().join()];
      const chips = box.shadowRoot.querySelectorAll(".chips > li").length;
      if (chips !== (box.analysis.tree.at(-1)?.items.length ?? 0)) return [n, box.value, chips];
    }
    return null;
  });
  equal(wrong, null);
});

test("host: the box knows all clauses, whatever a key asked for", async ({ page, base }) => {
  const box = await openBox(page, base);
  await box.type("app = Box and count > 3 and admin = true");
  equal(await page.evaluate(() => [box.analysis.clauses.length, box.analysis.tree.length, box.ast.items.length]), [3, 1, 3]);
});

const LONG = Array.from({ length: 175 }, (_, n) => `count > ${n} and app = Box`).join(" and ").slice(0, 4190).replace(/ and [^=>]*$/, "");

test("measure: a key at 200 and 4,200 characters, and 3,000 keys", async ({ page, base }) => {
  const box = await openBox(page, base);
  const gate = { 200: 16, 4200: 25 };
  for (const size of [200, 4200]) {
    const text = LONG.slice(0, size).replace(/ and [^=>]*$/, "").replace(/ and count$/, "");
    await box.set(text);
    await page.evaluate(() => box.show([box.value.length, box.value.length]));
    const times = [];
    for (let n = 0; n < 30; n++) {
      times.push(await page.evaluate(async letter => {
        const content = box.shadowRoot.querySelector(".cm-content");
        const before = box.value.length;
        const start = performance.now();
        document.execCommand("insertText", false, letter);
        // The editor reads what was typed when the browser tells it: after this task's script.
        await Promise.resolve();
        if (box.value.length !== before + 1) throw new Error("the key has not arrived");
        content.dispatchEvent(new KeyboardEvent("keydown", { key: " ", code: "Space", ctrlKey: true, bubbles: true, cancelable: true, composed: true }));
        content.getBoundingClientRect();
        return performance.now() - start;
      }, " and c"[n % 6]));
    }
    times.sort((a, b) => a - b);
    console.log(`        ${size} characters: a key with marks, problems and suggestions takes ${times[0].toFixed(1)} ms at least, ${times[15].toFixed(1)} ms at the median`);
    ok(times[0] <= gate[size], `${times[0]} ms at ${size} characters`);
  }
});

test("measure: memory does not grow over 3,000 keys", async ({ page, base }) => {
  const box = await openBox(page, base);
  const client = await page.context().newCDPSession(page);
  const heap = async () => { await client.send("HeapProfiler.collectGarbage"); return (await client.send("Runtime.getHeapUsage")).usedSize; };
  const keys = count => page.evaluate(async total => {
    box.focus();
    for (let n = 0; n < total; n++) {
      document.execCommand("insertText", false, "app = Bo "[n % 9]);
      if (n % 45 === 44) { document.execCommand("selectAll"); document.execCommand("delete"); }
      if (n % 100 === 0) await new Promise(done => setTimeout(done));
    }
  }, count);
  await keys(1500);
  const before = await heap();
  await keys(3000);
  const grown = (await heap()) - before;
  console.log(`        3,000 keys: ${(grown / 1024).toFixed(0)} KB more`);
  ok(grown < 3 * 1024 * 1024, `${grown} bytes more`);
  await pause(0);
  await makeBox(page);
});
