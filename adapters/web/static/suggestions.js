// A list of suggestions under what is being typed: arrows move, Tab or Enter take, Esc closes.

let pressing = false;
addEventListener("pointerdown", () => { pressing = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressing = false; }, true);

export class Suggestions {
  #input; #list; #ask; #take; #tabTakes; #active = -1; #moved = false; #enterTakes = false; #asking = null; #soon = 0;

  constructor(input, list, { ask, take, tabTakes = true }) {
    [this.#input, this.#list, this.#ask, this.#take, this.#tabTakes] = [input, list, ask, take, tabTakes];
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.#choose(option);
    });
  }

  get #options() { return [...this.#list.querySelectorAll('[role="option"]')]; }

  update() {
    this.#asking?.abort();
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#refresh(), 50);
  }

  close() {
    this.#asking?.abort();
    clearTimeout(this.#soon);
    this.#list.hidden = true;
    this.#mark(-1);
  }

  // The focus is gone. A list that went while a button is pressed would move it from under the
  // pointer, and the press would be lost: it goes once the press is over.
  leave() {
    this.#asking?.abort();
    clearTimeout(this.#soon);
    if (!pressing) return this.close();
    const over = new AbortController();
    const close = () => { over.abort(); setTimeout(() => this.close()); };
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, close, { signal: over.signal });
  }

  // Whether a key was for the list; then it does nothing else.
  handled(event) {
    if (this.#list.hidden) return false;
    const { key, shiftKey } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const many = this.#options.length;
      const step = key === "ArrowDown" ? 1 : -1;
      const from = this.#moved ? this.#active : step > 0 ? -1 : 0;
      this.#moved = true;
      this.#mark((from + step + many) % many);
    } else if (key === "Escape") {
      this.close();
    } else if ((key === "Tab" && !shiftKey && (this.#moved || this.#tabTakes)) || (key === "Enter" && !shiftKey && (this.#moved || this.#enterTakes))) {
      this.#choose(this.#options[Math.max(this.#active, 0)]);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #choose(option) {
    this.close();
    this.#take(option);
  }

  async #refresh() {
    const typed = this.#input.value.slice(0, this.#input.selectionStart);
    const asking = (this.#asking = new AbortController());
    try {
      const answer = await this.#ask(typed, asking.signal);
      const html = answer?.ok ? await answer.text() : "";
      if (asking.signal.aborted) return;
      this.#list.innerHTML = html;
      this.#enterTakes = answer?.headers.get("X-Enter-Takes") === "1";
    } catch {
      return; // asked again since, or the server is away: typing goes on without suggestions
    }
    const options = this.#options;
    options.forEach((option, at) => { option.id = `${this.#list.id}-${at}`; });
    this.#list.hidden = options.length === 0;
    this.#moved = false;
    this.#mark(options.length && this.#enterTakes ? 0 : -1);
    if (!this.#list.hidden) this.#list.scrollTop = 0;
  }

  #mark(at) {
    this.#active = at;
    const options = this.#options;
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    const open = !this.#list.hidden;
    if (this.#input.role === "combobox") this.#input.ariaExpanded = String(open);
    if (open && options[at]) {
      this.#input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }
}
