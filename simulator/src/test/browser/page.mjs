// Uses the live page as a person does, in a real browser: node page.mjs URL FOLDER-FOR-PICTURES CHROMIUM
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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

await page.getByRole("button", { name: "Restart broker" }).click();
await page.locator(".broker.down").waitFor();
await page.getByRole("button", { name: "×10", exact: true }).click();
await page.locator(".broker:not(.down)").waitFor();
await until("every board comes back to the broker", states, (seen) => seen.every((state) => HERE.has(state)));
await page.getByRole("button", { name: "×1", exact: true }).click();
tell("every board comes back after the broker was restarted");

const hall = page.locator('.board[data-board="hall"]');
await hall.getByRole("button", { name: "Crash" }).click();
await until("a board without power is off", () => hall.locator(".state").textContent(), (seen) => seen === "off");
await hall.getByRole("button", { name: "Power on" }).click();
await until("with power it comes back", () => hall.locator(".state").textContent(), (seen) => HERE.has(seen));
tell("a board crashes and comes back");

const messages = () => page.locator('[data-topic="midge/hall/motion"]').getAttribute("title").then((title) => Number(title.match(/: (\d+)/)[1]));
await until("nothing moves", () => number(leaf("midge/hall/motion")), (seen) => seen === 0);
const heard = await messages();
await hall.getByRole("button", { name: "motion" }).click();
await until("a press is a reading", messages, (seen) => seen > heard);
tell("a button is pressed");

await page.getByLabel("Frames twice").fill("0.2");
await page.getByLabel("Latency").fill("100");
await until("and the program has it", () => page.evaluate(() => fetch("state").then((answer) => answer.json())), (seen) => seen.radio.duplication === 0.2 && seen.radio.latencyMs === 100);
await page.getByLabel("Frames twice").fill("0");
await page.getByLabel("Latency").fill("5");
tell("frames come twice and late");

const rungs = page.locator("#ladder .rung");
await page.locator("#ladder-filter select").selectOption("valve");
await until("one device's messages", () => rungs.locator(".who").allTextContents(), (seen) => seen.length > 0 && seen.every((who) => who === "valve"));
await page.locator("#ladder-filter select").selectOption("");
await page.locator("#ladder-filter [type=search]").fill("connect");
await until("one type's messages", () => rungs.locator("b").allTextContents(), (seen) => seen.length > 0 && seen.every((type) => type.includes("CONN")));
await page.locator("#ladder-filter [type=search]").fill("");
tell("the ladder is filtered");

await page.locator('[data-topic="midge/pump/temperature"]').click();
await until("another topic is charted", () => page.locator("#chart-topic").textContent(), (seen) => seen === "midge/pump/temperature");
await page.locator("#chart canvas").waitFor();
tell("any number is charted");

// What a pointer reaches, the keyboard reaches: Tab goes from the first to the last and meets each of them once.
await page.locator(".skip").focus();
const focused = () => page.evaluate(() => {
  const here = document.activeElement;
  return here === document.body ? "" : (here.getAttribute("aria-label") ?? here.labels?.[0]?.textContent ?? here.textContent).trim();
});
const reached = new Set();
for (let name = await focused(), i = 0; name !== "" && i < 200; name = await focused(), i++) {
  reached.add(name);
  await page.keyboard.press("Tab");
}
for (const wanted of ["Skip to the boards", "Pause", "Step", "×100", "pcap", "CSV", "scenario", "Frames lost", "Restart gateway", "attic temperature, °C", "lamp", "Crash", "Publish", "hide acks and pings"]) {
  assert.ok(reached.has(wanted), `Tab reaches ${wanted}; it reached ${[...reached].join(" | ")}`);
}
tell(`the keyboard reaches everything: ${reached.size} places`);

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

await page.getByLabel("Frames lost").fill("0.3");
await page.getByLabel("attic temperature, °C").fill("12.5");
await page.waitForTimeout(500);
const [kept] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "scenario" }).click()]);
await kept.saveAs(`${folder}/midge.toml`);
const scenario = await readFile(`${folder}/midge.toml`, "utf8");
assert.match(scenario, /\nloss = 0.3\n/, "with the loss that was set");
assert.match(scenario, /name = "attic"\nx = 17\n/, "and the radio where it was moved");
assert.match(scenario, /temperature = \{ kind = "constant", value = 12.5 \}/, "and the sensor that was turned");
await page.getByLabel("Frames lost").fill("0.05");
await page.locator('.board[data-board="attic"] .tag:not([hidden])').click();
tell("the scenario comes down as it now stands");

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
    await shown.setViewportSize({ width: 1280, height: 1120 });
    await shown.waitForTimeout(800);
    await shown.screenshot({ path: `${folder}/readme.png` });
  }
  await shown.close();
}
tell("pictures are taken");

assert.deepEqual(complaints, [], "the browser's console");
await browser.close();
