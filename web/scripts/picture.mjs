// Takes the picture of the box for the README: node scripts/picture.mjs OUT.png
import { launch, pause, serve } from "../tests/harness.mjs";

const [out] = process.argv.slice(2);
const server = await serve();
const browser = await launch();
const page = await browser.context.newPage();
await page.setViewportSize({ width: 880, height: 420 });
await page.goto(`${server.url}/tests/picture.html`);
await page.waitForSelector("html[data-ready]");
await page.getByRole("combobox").focus();
await page.evaluate(() => document.querySelector("tamis-query").show([60, 60]));
await page.keyboard.press("End");
await page.keyboard.type(" and device.type = ");
await pause(900);
await page.keyboard.press("ArrowDown");
await page.keyboard.press("ArrowDown");
await pause(300);
await page.screenshot({ path: out, clip: { x: 0, y: 0, width: 880, height: 330 } });
await browser.close();
server.close();
