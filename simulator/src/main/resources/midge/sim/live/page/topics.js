// The broker's topics as a tree with their last values, and a chart of one of them.
import { h, svg, say, byId, atMostEvery } from "./dom.js";

const TOPICS_MAX = 500;
const POINTS_MAX = 900;
const SPARK_POINTS = 40;
const FIRST = /temperature$/;

const tree = byId("topics");
const root = { children: new Map(), box: tree };
const leaves = new Map();
let chosen = null;
let plot = null;

/** A message arrived. */
export function add(message) {
  let leaf = leaves.get(message.topic);
  if (!leaf) {
    if (leaves.size >= TOPICS_MAX) {
      return;
    }
    leaf = build(message.topic);
    leaves.set(message.topic, leaf);
  }
  leaf.last = message;
  leaf.count++;
  const number = message.payload.trim() === "" ? NaN : Number(message.payload);
  if (Number.isFinite(number)) {
    leaf.times.push(message.unixMs / 1000);
    leaf.values.push(number);
    if (leaf.times.length > POINTS_MAX) {
      leaf.times.splice(0, POINTS_MAX / 4);
      leaf.values.splice(0, POINTS_MAX / 4);
    }
    if (!chosen && FIRST.test(message.topic)) {
      choose(leaf);
    }
  }
  leaf.refresh();
  if (leaf === chosen) {
    redraw();
  }
}

function build(topic) {
  let here = root;
  const levels = topic.split("/");
  levels.slice(0, -1).forEach((level) => {
    let next = here.children.get(level);
    if (!next) {
      const box = h("div", { class: "level" });
      insert(here.box, level, h("details", { open: true, "data-level": level }, h("summary", {}, level || "(empty)"), box));
      next = { children: new Map(), box };
      here.children.set(level, next);
    }
    here = next;
  });
  const name = levels[levels.length - 1];
  const value = h("output");
  const line = svg("polyline");
  const button = h("button", { type: "button", class: "leaf", "data-topic": topic, "data-level": name, "aria-pressed": false, title: topic, onclick: () => leaf.values.length > 0 && choose(leaf) },
    h("span", { class: "name" }, name || "(empty)"), svg("svg", { class: "spark", viewBox: "0 0 60 16", preserveAspectRatio: "none", "aria-hidden": "true" }, line), value);
  const leaf = { topic, button, count: 0, times: [], values: [], last: null };
  leaf.refresh = atMostEvery(100, () => {
    say(value, leaf.last.payload === "" ? "(empty)" : leaf.last.payload.slice(0, 80));
    line.setAttribute("points", spark(leaf.values));
    button.classList.toggle("numeric", leaf.values.length > 0);
    button.title = `${topic}: ${leaf.count} messages`;
  });
  insert(here.box, name, button);
  return leaf;
}

/** Keeps the children of a level in the alphabet's order. */
function insert(box, name, element) {
  const after = [...box.children].find((child) => child.dataset.level > name);
  box.insertBefore(element, after ?? null);
}

function spark(values) {
  const last = values.slice(-SPARK_POINTS);
  if (last.length < 2) {
    return "";
  }
  const min = Math.min(...last);
  const span = Math.max(...last) - min || 1;
  return last.map((value, i) => `${((60 * i) / (last.length - 1)).toFixed(1)},${(14.5 - (13 * (value - min)) / span).toFixed(1)}`).join(" ");
}

function choose(leaf) {
  chosen?.button.setAttribute("aria-pressed", false);
  chosen = leaf;
  leaf.button.setAttribute("aria-pressed", true);
  say(byId("chart-topic"), leaf.topic);
  plot?.destroy();
  plot = null;
  redraw();
}

const redraw = atMostEvery(200, () => {
  const box = byId("chart");
  say(byId("chart-value"), chosen.last.payload.slice(0, 40));
  const data = [chosen.times, chosen.values];
  if (!plot) {
    plot = new uPlot(options(box.clientWidth), data, box);
  } else {
    plot.setData(data);
  }
});

function options(width) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--muted"), font: "11px system-ui, sans-serif", grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: 170,
    cursor: { y: false, points: { size: 7 } },
    legend: { show: false },
    scales: { x: { time: true }, y: { range: (u, min, max) => padded(min, max) } },
    axes: [{ ...axis, space: 80, values: (u, ticks) => ticks.map(timeOfDay) }, { ...axis, size: 56 }],
    series: [{}, { stroke: colour("--accent"), width: 2, fill: colour("--accent-soft"), points: { show: false } }],
  };
}

const timeOfDay = (unixS) => new Date(unixS * 1000).toLocaleTimeString("en-GB");

function padded(min, max) {
  const pad = (max - min) * 0.12 || Math.max(Math.abs(max) * 0.01, 0.5);
  return [min - pad, max + pad];
}

const refit = atMostEvery(150, () => {
  if (chosen) {
    plot?.destroy();
    plot = null;
    redraw();
  }
});
addEventListener("resize", refit);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refit);
