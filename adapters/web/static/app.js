// The playground's only script: sends what is done on the page, and shows what comes back, live.
import { Suggestions } from "./suggestions.js";

const body = document.body;
const { as: me, place } = body.dataset;
const by = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="snowball-token"]').content;
const [log, words, dialog] = [by("log"), by("words"), by("dialog")];

// ---- Sending -----------------------------------------------------------------------------------

let underWay = 0;
let expecting = false;
let awaited = 0;
let last = body.dataset.change;

// Busy until what was asked is answered, and the answer has come.
function settle() {
  const busy = underWay > 0 || Number(last.split("-")[1]) < awaited;
  log.ariaBusy = String(busy);
  expecting = busy;
}

async function post(path, fields) {
  const form = fields instanceof FormData ? fields : new FormData();
  if (form !== fields) for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("as", me);
  form.set("in", place);
  if (!form.has("key")) form.set("key", crypto.randomUUID());
  underWay += 1;
  settle();
  const slow = setTimeout(() => { by("thinking").hidden = false; toEnd(); }, 250);
  try {
    const answer = await fetch(path, { method: "POST", body: form, headers: { "X-Snowball-Token": token } });
    if (answer.ok) {
      const told = await answer.json();
      awaited = told.change ?? 0;
      return told;
    }
    throw new Error(answer.status === 413 ? "That file is too large: up to 32 MB fit here." : await answer.text());
  } catch (error) {
    throw error instanceof TypeError ? new Error("Not sent: Snowball cannot be reached. What you typed is kept.") : error;
  } finally {
    clearTimeout(slow);
    underWay -= 1;
    if (!underWay) by("thinking").hidden = true;
    settle();
  }
}

async function act(path, fields, opener) {
  try {
    const answer = await post(path, fields);
    if (answer.form) openForm(answer.form, opener);
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

let hush;
function toast(message) {
  by("toast").textContent = message;
  if (!by("toast").matches(":popover-open")) by("toast").showPopover();
  clearTimeout(hush);
  hush = setTimeout(() => by("toast").hidePopover(), 5000);
}

// ---- Showing what arrives ----------------------------------------------------------------------

function toEnd(element) {
  if (element && element.offsetHeight > log.clientHeight - 24) {
    element.scrollIntoView({ block: "start" });
  } else {
    log.scrollTop = log.scrollHeight;
  }
}

async function unread(room) {
  const mark = () => document.querySelector(`[data-room="${CSS.escape(room)}"] .unread`);
  if (!mark()) {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    document.querySelector(".rooms").replaceWith(page.querySelector(".rooms"));
  }
  if (mark()) mark().hidden = false;
}

function show(message) {
  if (message.place !== place) {
    unread(message.place);
    return;
  }
  const old = by(`m${message.id}`);
  if (old) {
    const held = old.contains(document.activeElement);
    old.outerHTML = message.instead;
    if (held) by(`m${message.id}`).focus({ preventScroll: true });
    return;
  }
  const nearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  by("welcome").hidden = true;
  by("thinking").insertAdjacentHTML("beforebegin", message.html);
  by(`m${message.id}`).classList.add("new");
  if (nearEnd || expecting) toEnd(by(`m${message.id}`));
  if (document.hidden && !document.title.startsWith("• ")) document.title = `• ${document.title}`;
}

let source;
function listen() {
  source = new EventSource(`/events?${new URLSearchParams({ as: me, after: last })}`);
  source.addEventListener("message", (event) => {
    last = event.lastEventId;
    show(JSON.parse(event.data));
    settle();
  });
  source.addEventListener("clock", (event) => { by("now").textContent = JSON.parse(event.data).now; });
  source.addEventListener("reload", () => { source.close(); if (!dialog.open) location.reload(); });
}
listen();
addEventListener("pagehide", () => source.close());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// Browsers hold six connections to a host, so a tab that nobody looks at gives its own back.
let leaving;
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);
  document.title = document.title.replace(/^• /, "");
  if (document.hidden) leaving = setTimeout(() => source.close(), 15_000);
  else if (source.readyState === EventSource.CLOSED) listen();
});

// ---- The composer ------------------------------------------------------------------------------

const kept = `words:${me}:${place}`;
const picked = new Map();
let sent = sessionStorage.getItem(`${kept}:sent`) || "";
let failed = { words: "", key: "" };

const proposals = new Suggestions(words, by("completions"), {
  ask: (typed, signal) => typed.startsWith("/")
    ? fetch(`/complete?${new URLSearchParams({ as: me, in: place, words: typed })}`, { signal })
    : null,
  take: (option) => {
    const tail = words.value.slice(words.selectionStart);
    write(option.dataset.text + tail.trimStart(), option.dataset.text.length);
    if (option.dataset.pick) {
      const pick = JSON.parse(option.dataset.pick);
      picked.set(pick.parameter, pick);
    }
  },
});

function grow() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight}px`;
  sessionStorage.setItem(kept, words.value);
}

function write(text, caret = text.length) {
  words.value = text;
  words.focus();
  words.setSelectionRange(caret, caret);
  grow();
  proposals.update();
}

async function send(text = words.value) {
  if (!text.trim()) return;
  const key = failed.words === text ? failed.key : crypto.randomUUID();
  const choices = JSON.stringify([...picked.values()]);
  picked.clear();
  proposals.close();
  words.value = "";
  grow();
  sent = text;
  sessionStorage.setItem(`${kept}:sent`, text);
  if (await act("/say", { words: text, picked: choices, key }, words)) return;
  failed = { words: text, key };
  if (!words.value) write(text);
}

words.addEventListener("input", () => { grow(); proposals.update(); });
words.addEventListener("keydown", (event) => {
  if (event.isComposing || proposals.handled(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "ArrowUp" && !words.value && sent) {
    event.preventDefault();
    write(sent);
  }
});
by("clip")?.addEventListener("click", () => by("attached").click());
by("attached")?.addEventListener("change", async ({ target }) => {
  const fields = new FormData();
  fields.set("file", target.files[0]);
  fields.set("words", words.value);
  target.value = "";
  if (await act("/say", fields, words)) write("");
});
by("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (event.target.closest("input, textarea, select, [popover]")) return;
  event.preventDefault();
  write(words.value || "/");
});

// ---- Buttons -----------------------------------------------------------------------------------

const presses = {
  async press(button) {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    const message = button.closest(".message");
    button.closest("details")?.removeAttribute("open");
    await act("/press", { message: message.dataset.id, button: button.dataset.press }, button);
    button.ariaBusy = "false";
  },
  async copy(button) {
    const quote = button.parentElement.querySelector("blockquote");
    try {
      await navigator.clipboard.writeText(quote.textContent);
      toast("Copied.");
    } catch {
      getSelection().selectAllChildren(quote);
      toast("Selected: copy it with your keyboard or a long press.");
    }
  },
  async clock(button) {
    if (body.classList.contains("passing")) return;
    body.classList.add("passing");
    await act("/clock", { move: button.dataset.clock }, button);
    body.classList.remove("passing");
    if (by("clock").matches(":popover-open")) by("clock").hidePopover();
  },
  say: (button) => { send(button.dataset.say); words.focus(); },
  write: (button) => { button.closest("[popover]")?.hidePopover(); write(button.dataset.write); },
  close: () => dialog.close(),
};
document.addEventListener("click", (event) => {
  const named = event.target.closest(".message code");
  if (named?.textContent.startsWith("/") && getSelection().isCollapsed) write(`${named.textContent} `);
  for (const [name, press] of Object.entries(presses)) {
    const button = event.target.closest(`button[data-${name}]`);
    if (button) press(button);
  }
});
by("commands").addEventListener("toggle", (event) => {
  if (event.newState === "open") by("commands").querySelector("button")?.focus();
});
// A menu that opens at the foot of the room comes into view; the event does not bubble.
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.matches(".menu")) target.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});

// ---- Forms -------------------------------------------------------------------------------------

let opener = null;
let filled = false;
let warned = false;

function openForm(html, from) {
  opener = from ?? opener;
  dialog.innerHTML = html;
  [filled, warned] = [false, false];
  const form = dialog.querySelector("form");
  form.dataset.key = crypto.randomUUID();
  form.querySelectorAll("[data-suggest]").forEach(suggestFor);
  if (!dialog.open) dialog.showModal();
  const first = '.field :is(input:not([type="hidden"]), textarea, select)';
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector(first))?.focus();
}

function suggestFor(input) {
  const name = input.dataset.suggest;
  const form = input.form;
  const suggestions = new Suggestions(input, by(input.getAttribute("aria-controls")), {
    ask: (typed, signal) => fetch(`/suggest?${new URLSearchParams({
      as: me, in: place, command: form.elements.command.value, parameter: name, words: typed,
    })}`, { signal }),
    take: (option) => {
      input.value = option.dataset.text;
      form.elements[`label.${name}`].value = option.dataset.text;
      form.elements[`value.${name}`].value = option.dataset.pick ?? option.dataset.text;
    },
    tabTakes: false,
  });
  input.addEventListener("input", () => suggestions.update());
  input.addEventListener("blur", () => suggestions.leave());
  input.addEventListener("keydown", (event) => { if (!event.isComposing) suggestions.handled(event); });
}

dialog.addEventListener("input", (event) => {
  filled = true;
  const limit = Number(event.target.dataset.limit);
  const field = event.target.closest(".field");
  if (!limit || !field) return;
  field.querySelector(".over")?.remove();
  const over = [...event.target.value].length - limit;
  if (over <= 0) return;
  const note = Object.assign(document.createElement("p"), { className: "over" });
  note.textContent = `${over.toLocaleString("en")} over the ${limit.toLocaleString("en")} that fit here`;
  field.append(note);
});

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('[type="submit"]');
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const fields = new FormData(form);
  fields.set("key", form.dataset.key);
  try {
    const answer = await post("/form", fields);
    if (answer.form) openForm(answer.form);
    else { filled = false; dialog.close(); }
  } catch (error) {
    form.querySelector("[data-status]").textContent = error.message;
  } finally {
    button.ariaBusy = "false";
  }
});

dialog.addEventListener("cancel", (event) => {
  if (event.target !== dialog || !filled || warned) return;
  event.preventDefault();
  warned = true;
  dialog.querySelector("[data-status]").textContent = "Esc once more throws away what you typed.";
});
dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  // The browser has given the focus back already, and this event comes later: who has tabbed on stays there.
  if (document.activeElement === body) (opener?.isConnected ? opener : words).focus();
  opener = null;
});

// ---- The beginning -----------------------------------------------------------------------------

words.value = sessionStorage.getItem(kept) || "";
grow();
toEnd();
if (matchMedia("(pointer: fine)").matches) words.focus();
