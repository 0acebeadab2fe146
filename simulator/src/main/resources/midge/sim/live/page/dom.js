// The little that building a page by hand needs.

/** An element: attributes by name, listeners as onNAME functions, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value != null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** Sets the text only when it is another one, so that a selection in it lives. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export const byId = (id) => document.getElementById(id);

/** 75400 is 1:15.4 */
export function clock(ms) {
  const s = Math.floor(ms / 1000);
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  const rest = `${String(s % 60).padStart(2, "0")}.${Math.floor(ms / 100) % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Calls `action` with the newest arguments, at most once in `ms`. */
export function atMostEvery(ms, action) {
  let timer = 0;
  let newest;
  return (...args) => {
    newest = args;
    timer ||= setTimeout(() => {
      timer = 0;
      action(...newest);
    }, ms);
  };
}
