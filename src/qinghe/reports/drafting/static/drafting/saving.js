// What is typed is kept in the browser at once and sent a moment later, one passage at a time.
// A lost connection, a reload or a closed page loses nothing: what is kept is sent when it can be.

const PAUSE = 900; // milliseconds without a key before a passage is sent
const AGAIN = [2000, 5000, 15000, 30000]; // and before it is tried again

export class Saving {
  // `read` gives what a passage says now, `saved` hears an answer, `refused` a conflict.
  constructor({ store, passages, read, saved, conflict, tell }) {
    Object.assign(this, { store, passages, read, saved, conflict, tell });
    this.timers = new Map();
    this.held = new Set(); // in conflict: waits for a choice
    this.refused = new Map(); // refused for good until changed: the reason
    this.sending = false;
    this.failures = 0;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => this.report());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    window.addEventListener("beforeunload", (event) => {
      this.leaving = true;
      if (!this.keeps && this.waiting().length) event.preventDefault();
    });
  }

  key(id) {
    return `${this.store}:${id}`;
  }

  // Note that a passage has been typed in.
  touch(id) {
    const now = this.read(id);
    const passage = this.passages.get(id);
    this.leaving = false;
    this.refused.delete(id);
    if (now.heading === passage.heading && now.text === passage.text) this.forget(id);
    else this.keep(id, { ...now, lock: passage.lock });
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => this.flush(), PAUSE));
    this.report();
  }

  keep(id, entry) {
    passageOf(this, id).entry = entry;
    try {
      localStorage.setItem(this.key(id), JSON.stringify(entry));
      this.keeps = true;
    } catch {
      this.keeps = false; // no room, or not allowed: the page itself still has it
    }
  }

  forget(id) {
    delete passageOf(this, id).entry;
    try {
      localStorage.removeItem(this.key(id));
    } catch {
      this.keeps = false;
    }
  }

  // Return what an earlier visit left unsent, by passage.
  left() {
    const found = new Map();
    for (const id of this.passages.keys()) {
      try {
        const kept = localStorage.getItem(this.key(id));
        if (kept) found.set(id, JSON.parse(kept));
      } catch {
        this.keeps = false;
      }
    }
    return found;
  }

  waiting() {
    return [...this.passages.keys()].filter((id) => passageOf(this, id).entry);
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (const id of this.waiting()) {
        if (this.held.has(id) || this.refused.has(id) || this.passages.get(id).composing) continue;
        this.report();
        if (!(await this.send(id))) break;
      }
    } finally {
      this.sending = false;
      this.report();
    }
  }

  // Send one passage; return whether the next may be tried.
  async send(id) {
    const { entry, url } = passageOf(this, id);
    let answer;
    try {
      answer = await post(url, { heading: entry.heading, text: entry.text, lock: entry.lock });
    } catch {
      return this.later();
    }
    if (answer.status >= 500) return this.later();
    if (answer.login) return this.signIn();
    this.failures = 0;
    this.away = "";
    if (answer.status === 409 && answer.said.theirs) {
      this.held.add(id);
      this.conflict(id, entry, answer.said);
    } else if (answer.status >= 400) this.refused.set(id, answer.said.reason);
    else this.took(id, entry, answer.said);
    return true;
  }

  took(id, entry, said) {
    const passage = passageOf(this, id);
    Object.assign(passage, { lock: said.lock, heading: entry.heading, text: entry.text });
    const now = this.read(id);
    const same = now.heading === entry.heading && now.text === entry.text;
    // A page that is being left may come back as it was before this was saved.
    if (same && this.leaving) delete passage.entry;
    else if (same) this.forget(id);
    else {
      this.keep(id, { ...now, lock: said.lock });
      this.timers.set(id, setTimeout(() => this.flush(), PAUSE));
    }
    this.saved(id, said);
  }

  later() {
    this.away = "网络断开";
    clearTimeout(this.again);
    this.again = setTimeout(() => this.flush(), AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
    this.failures += 1;
    return false;
  }

  signIn() {
    this.away = "请在新窗口重新登录，然后回到本页";
    clearTimeout(this.again);
    this.again = setTimeout(() => this.flush(), AGAIN[1]);
    return false;
  }

  // End a conflict: go on from the version that the other one saved.
  settle(id, theirs) {
    Object.assign(passageOf(this, id), theirs);
    this.held.delete(id);
    this.touch(id);
    this.flush();
  }

  report() {
    const waiting = this.waiting();
    const reason = this.refused.values().next().value;
    if (!waiting.length) return this.tell("saved", "已保存");
    if (reason) return this.tell("lost", `未保存—${reason}`);
    if (this.held.size) return this.tell("lost", "未保存—别人也改了这一段，点这里对照选择");
    if (!navigator.onLine) return this.tell("lost", "未保存—网络断开，已留在本机，连上后自动保存");
    if (this.away) return this.tell("lost", `未保存—${this.away}，已留在本机`);
    return this.tell("busy", "正在保存");
  }
}

const passageOf = (saving, id) => saving.passages.get(id);

const token = () => document.querySelector("[name=csrfmiddlewaretoken]");

export async function post(url, fields) {
  const answer = await send(url, fields);
  if (answer.status !== 403 || answer.said) return answer;
  await renew(); // signed in again elsewhere: the page's token is an old one
  return send(url, fields);
}

async function send(url, fields) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token().value },
    signal: AbortSignal.timeout(20000),
  });
  const json = (answer.headers.get("Content-Type") ?? "").includes("json");
  const login = !json && answer.ok;
  return { status: answer.status, login, said: json ? await answer.json() : null };
}

async function renew() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((old) => (old.value = fresh.value));
}
