// Keeps a form as it is typed: in the browser at once, on the server when it is complete.
const PAUSE_MS = 1200;

export class DraftKeeper {
  #waiting;
  /** @type {Promise<void> | null} */
  #sending = null;
  #again = false;

  constructor(form, tell, { storage = window.localStorage, send = (url, request) => fetch(url, request) } = {}) {
    this.form = form;
    this.tell = tell;
    this.storage = storage;
    this.send = send;
    this.key = form.dataset.draft;
  }

  start() {
    this.#restore();
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.touch());
    this.form.addEventListener("submit", () => {
      clearTimeout(this.#waiting);
      this.storage.removeItem(this.key);
    });
  }

  touch() {
    this.storage.setItem(this.key, JSON.stringify(this.values()));
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.keep(), PAUSE_MS);
  }

  values() {
    const values = {};
    for (const [name, value] of new FormData(this.form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") values[name] = value;
    }
    return values;
  }

  async keep() {
    if (this.#sending) {
      this.#again = true;
      return this.#sending;
    }
    this.#sending = this.#post();
    await this.#sending;
    this.#sending = null;
    if (this.#again) {
      this.#again = false;
      await this.keep();
    }
  }

  async #post() {
    let answer;
    try {
      answer = await this.send(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
    } catch {
      this.tell(gettext("No connection: kept in this browser."), "waiting");
      return;
    }
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) this.#kept(body);
    else if (answer.status === 422) this.#incomplete(body);
    else this.tell((body.sentences ?? [gettext("Not kept: load the page again.")]).join(" "), "bad");
  }

  #kept(body) {
    this.form.elements.version.value = body.version;
    this.storage.removeItem(this.key);
    this.tell(interpolate(gettext("Kept at %(time)s."), { time: body.at }, true), "good");
  }

  #incomplete(body) {
    const names = Object.keys(body.errors ?? {})
      .map((name) => this.form.querySelector(`label[for="id_${name}"], label[for="id_${name}_0"]`)?.firstChild?.textContent.trim())
      .filter(Boolean);
    const words = gettext("Kept in this browser; still missing: %(names)s.");
    this.tell(interpolate(words, { names: names.join(", ") || "…" }, true), "waiting");
  }

  #restore() {
    const kept = this.storage.getItem(this.key);
    if (!kept) return;
    const values = JSON.parse(kept);
    if (values.version !== this.form.elements.version.value) return;
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements[name];
      if (field && name !== "version" && field.type !== "checkbox" && "value" in field) field.value = value;
    }
    this.tell(gettext("Brought back from this browser."), "waiting");
    this.touch();
  }
}
