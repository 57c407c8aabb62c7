// The page of the scenarios: it makes a box as it is told, and keeps a log of what happens.
import { define } from "../dist/query.js";
import { define as defineBuilder } from "../dist/builder.js";

define();
defineBuilder();
const schema = await (await fetch("schema.json")).json();

const log = { events: [], calls: [], status: [], violations: [] };
document.addEventListener("securitypolicyviolation", event => log.violations.push(event.violatedDirective));
let plans = [];
let names = ["ana", "anna", "bob", "C:\\svc\\", 'O"Neil'];
let failing = false;

async function completions(context, signal) {
  const call = { ...context, aborted: false };
  log.calls.push(call);
  signal.addEventListener("abort", () => { call.aborted = true; });
  await new Promise(done => setTimeout(done, plans.shift() ?? 0));
  if (failing) throw new Error("the directory does not answer");
  return names.filter(name => name.toLowerCase().includes(context.prefix.toLowerCase())).map(value => ({ value, detail: "user" }));
}

function listen(box) {
  for (const name of ["input", "change", "invalid", "tamis-submit", "tamis-error", "tamis-complete", "tamis-diagnostics", "tamis-recent"]) {
    box.addEventListener(name, event => log.events.push({ name, text: box.value, detail: event.detail ? JSON.parse(JSON.stringify(event.detail, (_, value) => (value instanceof Error ? String(value) : value))) : null }));
  }
  for (const status of box.shadowRoot.querySelectorAll("[role=status].hidden")) {
    new MutationObserver(() => log.status.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  }
}

window.fixture = {
  log,
  /** Makes a box: attributes, a builder beside it, what stands around it. */
  async make({ attributes = {}, properties = {}, builder = false, around = "div", before = false, wait = true } = {}) {
    const place = document.querySelector("#place");
    place.replaceChildren();
    const box = document.createElement("tamis-query");
    box.id = "box";
    const all = { label: "Filter", clock: "2026-03-10T12:00:00Z", "time-zone": "Europe/Paris", ...attributes };
    for (const [name, value] of Object.entries(all)) if (value !== null) box.setAttribute(name, value);
    box.schema = schema;
    box.completions = completions;
    Object.assign(box, properties);
    const holder = document.createElement(around);
    if (before) holder.append(Object.assign(document.createElement("button"), { textContent: "Before", type: "button" }));
    holder.append(box);
    place.append(holder);
    if (around === "dialog") holder.showModal();
    place.append(Object.assign(document.createElement("button"), { textContent: "After", type: "button" }));
    if (builder) {
      const made = document.createElement("tamis-builder");
      made.setAttribute("for", "box");
      holder.append(made);
    }
    listen(box);
    if (wait) await box.ready;
    window.box = box;
  },
  delays(list) { plans = list; },
  names(list) { names = list; },
  fail(on) { failing = on; },
};
document.documentElement.dataset.ready = "yes";
