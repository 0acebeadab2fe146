// Wires the page: events to its parts, controls to commands.
import { h, say, byId, clock, atMostEvery } from "./dom.js";
import { command, listen, toast } from "./server.js";
import * as map from "./map.js";
import * as boards from "./boards.js";
import * as ladder from "./ladder.js";
import * as topics from "./topics.js";

const SPEEDS = [1, 2, 5, 10, 50, 100];
const STEP_MS = 100;
const FRESH_MS = 1500;

let world = null;

const speeds = new Map(SPEEDS.map((factor) => {
  const button = h("button", { type: "button", "aria-pressed": false, onclick: () => command("speed", { factor }) }, `×${factor}`);
  byId("speeds").append(button);
  return [factor, button];
}));
byId("pause").addEventListener("click", () => command(world?.time.paused ? "resume" : "pause"));
byId("step").addEventListener("click", () => command("step", { ms: STEP_MS }));
byId("restart-gateway").addEventListener("click", () => command("restart-gateway"));
byId("restart-broker").addEventListener("click", () => command("restart-broker"));
byId("publish").addEventListener("submit", (event) => {
  event.preventDefault();
  const { topic, payload } = event.target.elements;
  command("publish", { topic: topic.value, payload: payload.value });
});
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(byId("copy-line").textContent);
    say(byId("copy"), "Copied");
    setTimeout(() => say(byId("copy"), "Copy"), 1500);
  } catch {
    toast("The browser does not let the page copy; select the line instead.");
  }
});

const faults = [
  fault("loss", "Frames lost", 0.9, 0.01, (v) => `${Math.round(v * 100)} %`),
  fault("duplication", "Frames twice", 0.5, 0.01, (v) => `${Math.round(v * 100)} %`),
  fault("latencyMs", "Latency", 500, 5, (v) => `${v} ms`),
];

function fault(name, label, max, step, format) {
  let touched = 0;
  const value = h("output");
  const send = atMostEvery(100, (number) => command("radio", { [name]: number }));
  const slider = h("input", {
    type: "range", id: `fault-${name}`, min: 0, max, step,
    oninput: () => {
      touched = Date.now();
      say(value, format(Number(slider.value)));
      send(slider.value);
    },
  });
  byId("faults").append(h("div", { class: "dial" }, h("label", { class: "name", for: `fault-${name}` }, label), value, slider));
  return (radio) => {
    if (Date.now() - touched > 800) {
      slider.value = radio[name];
      say(value, format(radio[name]));
    }
    slider.style.setProperty("--share", `${(100 * slider.value) / max}%`);
  };
}

/** What the publish form and the copied line begin with: a switch, where there is one. */
function suggest(state) {
  const topic = byId("publish").elements.topic;
  if (topic.value === "") {
    topic.value = state.boards.flatMap((board) => board.switches)[0]?.topic ?? "midge/hello";
    byId("publish").elements.payload.value = topic.value.endsWith("/set") ? "toggle" : "hello";
  }
}

const totals = {};
for (const [key, label] of [["delivered", "readings delivered"], ["retries", "frames sent again"], ["open", "under way"], ["lost", "lost at QoS 1, 2"], ["lostAtQos0", "lost at QoS 0"]]) {
  totals[key] = h("dd");
  byId("totals").append(h("div", { "data-total": key }, h("dt", {}, label), totals[key]));
}

function onState(state) {
  if (!world) {
    suggest(state);
  }
  world = state;
  say(byId("world-title"), state.title);
  say(byId("world-time"), clock(state.time.ms));
  say(byId("pause"), state.time.paused ? "Resume" : "Pause");
  document.body.classList.toggle("paused", state.time.paused);
  speeds.forEach((button, factor) => button.setAttribute("aria-pressed", factor === state.time.speed));
  faults.forEach((refresh) => refresh(state.radio));
  byId("restart-gateway").disabled = !state.gateway.up;
  byId("restart-broker").disabled = !state.broker.own || !state.broker.up;
  byId("restart-broker").title = state.broker.own ? "" : "This broker is another program's";
  const retries = state.boards.reduce((sum, board) => sum + board.retries, state.gateway.retransmitted);
  Object.entries({ ...state.readings, retries }).forEach(([key, value]) => totals[key] && say(totals[key], value.toLocaleString("en")));
  if (state.broker.own) {
    say(byId("copy-line"), `mosquitto_sub -p ${state.broker.port} -t 'midge/#' -v`);
  }
  document.querySelector(".copy").hidden = !state.broker.own;
  map.update(state);
  boards.update(state);
}

listen({
  state: onState,
  packet: (packet) => {
    ladder.add(packet);
    // What is told again after a reload is no news.
    if (world && world.time.ms - packet.ms < FRESH_MS * world.time.speed) {
      map.fly(packet);
    }
  },
  message: topics.add,
  link: (up) => {
    say(byId("link"), up ? "live" : "connection lost");
    byId("link").dataset.up = up;
  },
});
