// Events from the program, commands to it.
import { byId } from "./dom.js";

/** Listens: `handlers` has a function for each kind of event, and `link` for whether there is a connection. */
export function listen(handlers) {
  const source = new EventSource("events");
  for (const kind of ["state", "packet", "message"]) {
    source.addEventListener(kind, (event) => handlers[kind](JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.link(true));
  source.addEventListener("error", () => handlers.link(false));
}

let hiding = 0;

/** Shows a sentence for a while. */
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => box.classList.remove("shown"), 5000);
}

/** Has the program do something; what it refuses is shown. */
export async function command(action, fields = {}) {
  try {
    const answer = await fetch("command", { method: "POST", body: new URLSearchParams({ do: action, ...fields }) });
    if (!answer.ok) {
      toast((await answer.text()).trim());
    }
  } catch {
    toast("The program does not answer. Does it still run?");
  }
}
