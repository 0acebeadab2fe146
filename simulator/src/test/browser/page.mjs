// Uses the live page as a person does, in a real browser: node page.mjs URL FOLDER-FOR-PICTURES CHROMIUM
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [url, folder, executablePath] = process.argv.slice(2);
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PATIENCE_MS = 30_000;
const HERE = new Set(["active", "asleep", "awake"]);

const browser = await chromium.launch({ executablePath, args: QUIET });
const complaints = [];
const page = await open(1366, 900, "light");

async function open(width, height, colorScheme) {
  const opened = await browser.newPage({ viewport: { width, height }, colorScheme });
  opened.setDefaultTimeout(PATIENCE_MS);
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await opened.goto(url);
  await opened.waitForFunction(() => document.querySelectorAll(".board").length === 6);
  return opened;
}

async function until(what, look, wanted) {
  const end = Date.now() + PATIENCE_MS;
  let seen = await look();
  while (!wanted(seen)) {
    assert.ok(Date.now() < end, `${what}: still ${JSON.stringify(seen)}`);
    await page.waitForTimeout(50);
    seen = await look();
  }
  return seen;
}

const states = () => page.locator(".board .state").allTextContents();
const number = async (locator) => Number((await locator.textContent()).replaceAll(",", ""));
const retries = () => number(page.locator("[data-total=retries] dd"));
const time = () => page.locator("#world-time").textContent();
const leaf = (topic) => page.locator(`[data-topic="${topic}"] output`);
const tell = (what) => console.log(`ok ${what}`);

await until("all boards are there", states, (seen) => seen.every((state) => HERE.has(state)));
tell("six boards are connected");

await page.getByLabel("greenhouse temperature, °C").fill("42");
await until("the slider's value is in the topic tree", () => number(leaf("midge/greenhouse/temperature")), (seen) => Math.abs(seen - 42) < 0.1);
await page.locator('.board[data-board="greenhouse"] .tag:not([hidden])').click();
await until("the weather has it back", () => number(leaf("midge/greenhouse/temperature")), (seen) => seen < 41);
tell("a slider moves the reading in the topic tree");

await page.locator('[data-switch="lamp"]').click();
await until("the lamp is lit", () => page.locator('[data-switch="lamp"]').getAttribute("aria-checked"), (seen) => seen === "true");
await until("and tells so", () => number(leaf("midge/hall/lamp")), (seen) => seen === 1);
tell("a switch is thrown through broker, gateway and device");

const before = await retries();
await page.getByLabel("Frames lost").fill("0.6");
await until("frames are sent again", retries, (seen) => seen >= before + 10);
await page.locator("#ladder .rung.lost").first().waitFor();
await page.getByLabel("Frames lost").fill("0.05");
tell("loss makes retries");

await page.getByRole("button", { name: "Restart gateway" }).click();
await until("nobody is connected to a gateway that is away", states, (seen) => seen.every((state) => !HERE.has(state)));
await page.getByRole("button", { name: "×10", exact: true }).click();
await until("every board comes back", states, (seen) => seen.every((state) => HERE.has(state)));
await page.getByRole("button", { name: "×1", exact: true }).click();
tell("every board comes back after the gateway was restarted");

await page.getByRole("button", { name: "Pause" }).click();
await page.getByRole("button", { name: "Resume" }).waitFor();
const held = await time();
await page.waitForTimeout(600);
assert.equal(await time(), held, "time is held");
const tenths = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 10;
await page.getByRole("button", { name: "Step" }).click();
await until("a step is a tenth of a second", time, (seen) => Math.round(tenths(seen) - tenths(held)) === 1);
await page.getByRole("button", { name: "Resume" }).click();
await until("time goes on", time, (seen) => tenths(seen) > tenths(held) + 3);
tell("time is held, stepped and let go");

const radio = page.locator('.node[data-board="attic"]');
const place = () => radio.getAttribute("transform");
const stood = await place();
await radio.focus();
await page.keyboard.press("ArrowRight");
await page.keyboard.press("ArrowRight");
assert.notEqual(await place(), stood, "the arrow key moves the radio");
await radio.blur();
await page.waitForTimeout(500);
assert.notEqual(await place(), stood, "and the program agrees");
const box = await page.locator('.node[data-board="window"] .body').boundingBox();
await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
await page.mouse.down();
await page.mouse.move(box.x + 60, box.y + 200, { steps: 5 });
await page.mouse.up();
await page.mouse.move(5, 5);
const moved = await page.locator('.node[data-board="window"] .body').boundingBox();
assert.ok(moved.y > box.y + 100, "the pointer drags a radio");
tell("radios move by keyboard and pointer");

const [capture] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "pcap" }).click()]);
await capture.saveAs(`${folder}/midge.pcap`);
tell("a capture comes down");

const rows = await page.locator("#ladder .rung").count();
await page.reload();
await until("a page that is loaded again shows what was", () => page.locator("#ladder .rung").count(), (seen) => seen >= Math.min(rows, 50));
tell("nothing is lost by a reload");

await page.waitForTimeout(1500);
for (const [name, width, height, scheme] of [["laptop-light", 1366, 900, "light"], ["laptop-dark", 1366, 900, "dark"], ["phone-light", 390, 844, "light"], ["phone-dark", 390, 844, "dark"]]) {
  const shown = await open(width, height, scheme);
  await shown.waitForTimeout(1200);
  assert.equal(await shown.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} scrolls sideways`);
  await shown.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  if (name === "laptop-light") {
    await shown.setViewportSize({ width: 1280, height: 820 });
    await shown.waitForTimeout(800);
    await shown.screenshot({ path: `${folder}/readme.png` });
  }
  await shown.close();
}
tell("pictures are taken");

assert.deepEqual(complaints, [], "the browser's console");
await browser.close();
