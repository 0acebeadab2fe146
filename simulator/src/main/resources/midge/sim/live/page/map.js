// Where the radios stand, how well they are heard, and frames on their way.
import { h, svg, byId, say, atMostEvery } from "./dom.js";
import { command } from "./server.js";

const WIDTH = 120;
const HEIGHT = 76;
const STEP = 2;
/** How far from the middle a radio and its name may be. */
const SIDE = WIDTH / 2 - 5;
const TOP = HEIGHT / 2 - 5;
const BOTTOM = HEIGHT / 2 - 10;
const BROKER = { x: 50, y: 27 };
const FLYING_MAX = 24;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const places = new Map();
let dragged = null;
let flying = 0;
/** Metres that a unit of the drawing stands for: a wide world is drawn smaller. */
let scale = 1;
/** Many radios are drawn smaller, and tell their names to who asks only. */
const FEW = 16;
let size = 1;

const range = svg("circle", { class: "range" });
const links = svg("g");
const frames = svg("g");
const nodes = svg("g");
const backbone = svg("line", { class: "backbone" });
const broker = svg("g", { class: "broker", transform: `translate(${BROKER.x} ${-BROKER.y})` },
  svg("rect", { x: -5.5, y: -3.6, width: 11, height: 7.2, rx: 2 }),
  svg("text", { y: 0.9 }, "broker"));
const drawing = svg("svg", { viewBox: `${-WIDTH / 2} ${-HEIGHT / 2} ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Radios and their links" },
  range, backbone, links, frames, broker, nodes);
byId("map").append(drawing);

const send = atMostEvery(80, (board, x, y) => command("move", { board, x: (x * scale).toFixed(1), y: (y * scale).toFixed(1) }));

function node(name) {
  let there = places.get(name);
  if (!there) {
    const isGateway = name === "gateway";
    const shape = isGateway
      ? svg("path", { class: "body", d: "M0-5 4.3-2.5V2.5L0 5-4.3 2.5V-2.5Z" })
      : svg("circle", { class: "body", r: 3.4 });
    const glyph = svg("path", { class: "glyph", d: "M-1.7-.6a2.4 2.4 0 0 1 3.4 0M-.8.5a1.2 1.2 0 0 1 1.6 0" });
    const label = svg("text", { y: isGateway ? 9 : 7.4 }, name);
    const group = svg("g", { class: isGateway ? "node gateway" : "node", tabindex: 0, role: "button", "data-board": name }, svg("circle", { class: "halo", r: 6.2 }), shape, glyph, label);
    const link = isGateway ? null : svg("line", { class: "link" });
    there = { name, group, link, x: 0, y: 0 };
    places.set(name, there);
    nodes.append(group);
    if (link) {
      links.append(link);
    }
    group.addEventListener("pointerdown", (event) => pick(event, there));
    group.addEventListener("keydown", (event) => nudge(event, there));
    group.addEventListener("dblclick", () => show(there));
  }
  return there;
}

function show(there) {
  const card = document.querySelector(`.board[data-board="${there.name}"]`);
  card?.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "center" });
  card?.focus({ preventScroll: true });
}

function pick(event, there) {
  dragged = there;
  there.group.setPointerCapture(event.pointerId);
  there.group.classList.add("held");
  const move = (e) => {
    const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    moveTo(there, at.x, -at.y);
  };
  const drop = () => {
    dragged = null;
    there.group.classList.remove("held");
    there.group.removeEventListener("pointermove", move);
  };
  there.group.addEventListener("pointermove", move);
  there.group.addEventListener("pointerup", drop, { once: true });
  there.group.addEventListener("pointercancel", drop, { once: true });
}

function nudge(event, there) {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (by) {
    event.preventDefault();
    moveTo(there, there.x + by[0] * STEP, there.y + by[1] * STEP);
  } else if (event.key === "Enter") {
    show(there);
  }
}

function moveTo(there, x, y) {
  there.x = Math.max(-SIDE, Math.min(SIDE, x));
  there.y = Math.max(-BOTTOM, Math.min(TOP, y));
  place(there);
  send(there.name, there.x, there.y);
}

function place(there) {
  there.group.setAttribute("transform", `translate(${there.x} ${-there.y}) scale(${there.link ? size : 1})`);
  const hub = places.get("gateway") ?? { x: 0, y: 0 };
  const ends = (line, from, to) => {
    line.setAttribute("x1", from.x);
    line.setAttribute("y1", -from.y);
    line.setAttribute("x2", to.x);
    line.setAttribute("y2", -to.y);
  };
  if (there.link) {
    ends(there.link, there, hub);
  } else {
    range.setAttribute("cx", hub.x);
    range.setAttribute("cy", -hub.y);
    ends(backbone, hub, BROKER);
    places.forEach((other) => other.link && ends(other.link, other, hub));
  }
}

/** The state of the world. */
export function update(state) {
  fit(state);
  range.setAttribute("r", state.radio.rangeM / scale);
  broker.classList.toggle("down", state.broker.own && !state.broker.up);
  const gateway = node("gateway");
  gateway.group.dataset.state = state.gateway.up ? "active" : "off";
  gateway.group.setAttribute("aria-label", `gateway, ${state.gateway.up ? "running" : "starting anew"}`);
  settle(gateway, state.gateway);
  for (const board of state.boards) {
    const there = node(board.name);
    there.group.dataset.state = board.state;
    there.group.setAttribute("aria-label", `${board.name}, ${board.state}, ${Math.round(board.quality * 100)} % of frames get through`);
    settle(there, board);
    const quality = board.quality;
    there.link.dataset.quality = quality > 0.85 ? "good" : quality > 0.5 ? "fair" : quality > 0 ? "poor" : "none";
    there.link.setAttribute("stroke-width", 0.25 + 0.7 * quality);
  }
}

/** Everything has to be seen; nothing jumps while a hand holds a radio, or only a little is free. */
function fit(state) {
  const at = [state.gateway, ...state.boards];
  const wide = Math.max(...at.map((place) => Math.abs(place.x))) / SIDE;
  const high = Math.max(...at.map((place) => Math.max(place.y / TOP, -place.y / BOTTOM)));
  const needed = Math.max(1, wide, high);
  size = Math.min(1, Math.sqrt(FEW / state.boards.length));
  drawing.classList.toggle("many", state.boards.length > FEW);
  if (!dragged && (needed > scale || needed < scale / 1.5)) {
    scale = needed;
    places.forEach((there) => (there.placed = false));
  }
}

function settle(there, { x, y }) {
  const at = { x: x / scale, y: y / scale };
  if (dragged !== there && (there.x !== at.x || there.y !== at.y) && document.activeElement !== there.group) {
    there.x = at.x;
    there.y = at.y;
    place(there);
  } else if (!there.placed) {
    there.x = at.x;
    there.y = at.y;
    place(there);
  }
  there.placed = true;
}

/** A frame or packet passed. */
export function fly(packet) {
  if (calm.matches || document.hidden || flying >= FLYING_MAX) {
    return;
  }
  const hub = places.get("gateway");
  const device = packet.leg === "sn" ? places.get(packet.device) : BROKER;
  if (!hub || !device) {
    return;
  }
  const outward = packet.leg === "sn" ? !packet.up : packet.up;
  const [from, to] = outward ? [hub, device] : [device, hub];
  const reach = packet.lost ? 0.55 : 1;
  const dot = svg("circle", { class: packet.lost ? "frame lost" : packet.again ? "frame again" : "frame", r: 1 });
  frames.append(dot);
  flying++;
  const at = (share) => `translate(${from.x + (to.x - from.x) * share}px, ${-(from.y + (to.y - from.y) * share)}px)`;
  dot.animate(
    packet.lost
      ? [{ transform: at(0), opacity: 1 }, { transform: at(reach), opacity: 1, offset: 0.6 }, { transform: `${at(reach)} scale(2.6)`, opacity: 0 }]
      : [{ transform: at(0) }, { transform: at(1) }],
    { duration: packet.lost ? 700 : 420, easing: "ease-out" },
  ).onfinish = () => {
    dot.remove();
    flying--;
  };
}
