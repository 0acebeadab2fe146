// What devices, gateway and broker said to each other, in the order of the world's time.
import { h, byId, clock } from "./dom.js";

const KEPT_MAX = 2000;
const SHOWN_MAX = 250;
const QUIET = new Set(["PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "REGACK", "SUBACK", "PINGREQ", "PINGRESP"]);

const list = byId("ladder");
const filter = byId("ladder-filter");
const kept = [];
const devices = new Set();
let fresh = [];
let planned = false;

filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => {
  list.replaceChildren();
  fresh = kept.filter(passes).slice(-SHOWN_MAX);
  draw();
});

function passes(packet) {
  const { device, text, quiet, trouble } = filter.elements;
  const wanted = text.value.trim().toLowerCase();
  return (!device.value || packet.device === device.value)
    && (!quiet.checked || !QUIET.has(packet.type) || packet.lost)
    && (!trouble.checked || packet.lost || packet.again)
    && (!wanted || `${packet.text} ${packet.about}`.toLowerCase().includes(wanted));
}

/** A frame or packet passed. */
export function add(packet) {
  kept.push(packet);
  if (kept.length > KEPT_MAX) {
    kept.splice(0, KEPT_MAX / 4);
  }
  if (packet.device && !devices.has(packet.device) && devices.size < 200) {
    devices.add(packet.device);
    filter.elements.device.append(h("option", {}, packet.device));
  }
  if (passes(packet)) {
    fresh.push(packet);
    if (fresh.length > SHOWN_MAX) {
      fresh.shift();
    }
    if (!planned) {
      planned = true;
      setTimeout(draw, 150);
    }
  }
}

function draw() {
  planned = false;
  const sticks = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(...fresh.map(row));
  fresh = [];
  while (list.childElementCount > SHOWN_MAX) {
    list.firstElementChild.remove();
  }
  if (sticks) {
    list.scrollTop = list.scrollHeight;
  }
}

function row(packet) {
  const kind = packet.lost ? "lost" : packet.again ? "again" : "";
  const arrow = h("div", { class: `arrow ${packet.leg} ${packet.up ? "up" : "down"}` }, h("b", {}, packet.type));
  const note = packet.lost ? "lost on the radio" : packet.again ? "sent again" : "";
  const details = packet.text.slice(packet.type.length).replace(/^[ ,]+/, "").replace(/(^| )topic \S+/, "").trim();
  return h("div", { class: `rung ${kind}` },
    h("time", {}, clock(packet.ms)),
    h("span", { class: "who" }, packet.device),
    h("div", { class: "lanes" }, arrow),
    h("div", { class: "words" },
      packet.about ? h("strong", {}, packet.about) : "",
      note ? h("em", {}, note) : "",
      h("small", {}, details)));
}
