// A card for each board: what it feels, what it switches, how it is.
import { h, say, byId, atMostEvery } from "./dom.js";
import { command } from "./server.js";

/** More are scrolled, so that what is below them stays near. */
const MANY = 12;
const cards = new Map();

/** The state of the world. */
export function update(state) {
  byId("boards").classList.toggle("many", state.boards.length > MANY);
  for (const board of state.boards) {
    let card = cards.get(board.name);
    if (!card) {
      card = build(board);
      cards.set(board.name, card);
      byId("boards").append(card.element);
    }
    refresh(card, board, state);
  }
}

function build(board) {
  const name = board.name;
  const card = { dials: new Map(), switches: new Map() };
  card.state = h("span", { class: "state" });
  card.power = h("button", { type: "button", class: "quiet", onclick: () => command(card.on ? "crash" : "power", { board: name }) });
  card.facts = {};
  const fact = (key, label, title) => {
    card.facts[key] = h("dd");
    return h("div", { title }, h("dt", {}, label), card.facts[key]);
  };
  card.element = h("article", { class: "panel board", "data-board": name, tabindex: -1, "aria-label": name },
    h("div", { class: "head" }, h("h2", {}, name), card.state, h("span", { class: "chips" }, board.chips)),
    ...board.dials.map((dial) => buildDial(card, name, dial)),
    h("div", { class: "row controls" },
      ...board.switches.map((output) => buildSwitch(card, name, output)),
      ...board.buttons.map((button) => h("button", { type: "button", class: "press", onclick: () => command("press", { board: name, name: button }) }, `Press: ${button}`)),
      card.power),
    h("dl", { class: "facts" },
      fact("link", "link", "Share of frames that get through, by loss and distance"),
      fact("retries", "retries", "Frames that the device sent again because no answer came"),
      fact("queue", "waiting", "Messages in the device's outbox, and for it at the gateway"),
      fact("battery", "battery", "")));
  return card;
}

function buildDial(card, board, dial) {
  const span = dial.max - dial.min;
  const decimals = span > 1000 ? 0 : span > 10 ? 1 : 2;
  const value = h("output");
  const send = atMostEvery(100, (number) => command("dial", { board, name: dial.name, value: number }));
  const slider = h("input", {
    type: "range", min: dial.min, max: dial.max, step: decimals ? 10 ** -decimals : span / 1000, "aria-label": `${board} ${dial.name}, ${dial.unit}`,
    oninput: () => {
      say(value, shown(Number(slider.value), decimals, dial.unit));
      send(slider.value);
      touched = Date.now();
    },
  });
  let touched = 0;
  const release = h("button", { type: "button", class: "tag", title: "Give it back to the weather", onclick: () => command("release", { board, name: dial.name }) }, "by hand ×");
  card.dials.set(dial.name, (now) => {
    release.hidden = !now.held;
    if (Date.now() - touched > 800) {
      slider.value = now.value;
      say(value, shown(now.value, decimals, dial.unit));
    }
    slider.style.setProperty("--share", `${(100 * (slider.value - dial.min)) / (dial.max - dial.min)}%`);
  });
  return h("div", { class: "dial", "data-dial": dial.name }, h("span", { class: "name" }, dial.name, release), value, slider);
}

const shown = (number, decimals, unit) => `${number.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })} ${unit}`;

function buildSwitch(card, board, output) {
  const button = h("button", {
    type: "button", class: `switch ${output.kind}`, role: "switch", "data-switch": output.name, title: `Publishes on ${output.topic}`,
    onclick: () => command("publish", { topic: output.topic, payload: "toggle" }),
  }, h("i", { "aria-hidden": "true" }), output.name);
  card.switches.set(output.name, (now) => button.setAttribute("aria-checked", now.on));
  return button;
}

function refresh(card, board, state) {
  card.on = board.on;
  card.element.dataset.state = board.state;
  say(card.state, board.state);
  say(card.power, board.on ? "Crash" : "Power on");
  board.dials.forEach((dial) => card.dials.get(dial.name)?.(dial));
  board.switches.forEach((output) => card.switches.get(output.name)?.(output));
  say(card.facts.link, `${Math.round(board.quality * 100)} %`);
  say(card.facts.retries, String(board.retries));
  say(card.facts.queue, board.queued > 0 ? `${board.waiting} + ${board.queued}` : String(board.waiting));
  say(card.facts.battery, life(board.batteryDays));
  const model = state.battery;
  card.facts.battery.parentElement.title = `${(board.averageUa / 1000).toFixed(2)} mA on average; an estimate from ${model.listensUa / 1000} mA listening, ${model.sendsUa / 1000} mA sending, ${model.sleepsUa} µA asleep, and ${board.mah} mAh`;
}

function life(days) {
  return days <= 0 ? "–" : days < 60 ? `${days.toFixed(0)} days` : days < 730 ? `${(days / 30.4).toFixed(0)} months` : `${(days / 365).toFixed(1)} years`;
}
