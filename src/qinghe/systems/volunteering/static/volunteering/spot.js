// The door of a session on a leader's phone: shows the code of the moment, takes scans whether there is
// a network or not, and sends what waits as soon as there is one. A scan leaves the device only when
// the server has answered it; its nonce makes a second sending harmless.
(() => {
  "use strict";

  const page = document.querySelector("[data-spot]");
  const store = window.qingheStore;
  const session = Number(page.dataset.spot);
  const STEP = 30000;
  const MOST = 500;
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const KINDS = { in: "签到", out: "签退" };
  let kept = null;
  let ahead = 0; // how much the server's clock is ahead of this device's
  let shown = "";
  let sending = false;

  const kind = () => page.querySelector("[name=kind]:checked").value;
  const say = (words, tone = "") => {
    const line = part("line");
    if (line) Object.assign(line, { textContent: words, className: `q-message ${tone && `q-message-${tone}`}` });
  };
  const written = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

  // ── What the device keeps ─────────────────────────────────────────────────────────────────────

  async function refresh() {
    const asked = Date.now();
    let answer;
    try {
      answer = await fetch(page.dataset.kept, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    } catch {
      return online(false);
    }
    if (answer.redirected || !answer.ok) {
      await store.forget();
      kept = null;
      part("out").hidden = false;
      return online(true);
    }
    part("out").hidden = true;
    kept = await answer.json();
    kept.ahead = kept.now - (asked + Date.now()) / 2;
    await store.keep(kept);
    taken();
    return online(true);
  }

  function taken() {
    ahead = kept ? kept.ahead : 0;
    roster();
    tick();
  }

  function online(is) {
    page.dataset.online = is;
    const line = part("network");
    if (line) line.textContent = is ? "已联网" : "没有网络，扫码先存在本机，联网后自动上传";
    count();
    return is;
  }

  async function count() {
    const waiting = (await store.queued()).length;
    const line = part("waiting");
    if (line) line.textContent = waiting ? `待上传 ${waiting} 条` : "没有待上传的扫码";
  }

  // ── The code of the moment ────────────────────────────────────────────────────────────────────

  function tick() {
    const holder = part("code");
    if (!holder) return;
    const now = Date.now() + ahead;
    const place = kept ? Math.floor(now / STEP) - kept.step : -1;
    const text = kept?.codes[kind()][place];
    part("left").textContent = text ? `${30 - (Math.floor(now / 1000) % 30)} 秒后更换` : "";
    if (text === shown) return;
    shown = text;
    part("digits").textContent = text ? kept.digits[kind()][place].replace(/(...)(...)/, "$1 $2") : "";
    if (text) window.qingheQr.draw(holder, `${kept.address}${text}/`);
    else holder.textContent = kept ? "现在没有可展示的码：活动已结束，或须联网刷新。" : "请先联网打开本页一次。";
  }

  // ── Scans ─────────────────────────────────────────────────────────────────────────────────────

  function nonce() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function device() {
    const name = "qinghe-device";
    if (!localStorage.getItem(name)) localStorage.setItem(name, nonce());
    return localStorage.getItem(name);
  }

  async function scan(volunteer) {
    const number = volunteer.trim();
    if (!number) return;
    const made = { nonce: nonce(), session, person: kept?.person ?? 0, volunteer: number, kind: kind(), at: new Date().toISOString() };
    await store.queue(made);
    note(made, page.dataset.online === "true" ? "正在上传…" : "已存在本机，联网后上传", "wait");
    await count();
    send();
  }

  function note(scan, words, tone) {
    const list = part("results");
    let row = list.querySelector(`[data-nonce="${scan.nonce}"]`);
    if (!row) {
      row = document.createElement("li");
      row.dataset.nonce = scan.nonce;
      list.prepend(row);
      while (list.children.length > 30) list.lastChild.remove();
    }
    const head = document.createElement("b");
    const number = scan.volunteer.includes(".") ? scan.volunteer.split(".")[1] : scan.volunteer;
    head.textContent = `${number} ${KINDS[scan.kind]} ${written(scan.at)}`;
    const tail = document.createElement("span");
    tail.textContent = words;
    tail.className = `q-tag q-tag-${tone}`;
    row.replaceChildren(head, tail);
  }

  async function send() {
    if (sending) return;
    sending = true;
    try {
      while (await sendSome());
    } finally {
      sending = false;
      await count();
    }
  }

  async function sendSome() {
    const mine = (await store.queued()).filter((one) => one.session === session && [0, kept?.person].includes(one.person));
    const some = mine.sort((a, b) => a.at.localeCompare(b.at)).slice(0, MOST);
    if (!some.length || !kept) return false;
    let answer;
    try {
      answer = await fetch(page.dataset.send, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": kept.token },
        body: JSON.stringify({ sent_at: new Date().toISOString(), device: device(), scans: some.map(({ nonce, volunteer, kind, at }) => ({ nonce, volunteer, kind, at })) }),
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      return online(false);
    }
    online(true);
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      say(`${told.title || "服务器暂时没有收下。"} 扫码仍在本机，不会丢失。`, "error");
      if (answer.status === 401 || answer.status === 403) await refresh();
      return false;
    }
    for (const one of await answer.json()) await settled(some.find((scan) => scan.nonce === one.nonce), one);
    say("");
    return mine.length > MOST;
  }

  const TONES = { recorded: "good", already: "plain", waiting: "wait", held: "wait", refused: "late" };

  async function settled(scan, told) {
    await store.answered(scan.nonce);
    note(scan, told.words, TONES[told.verdict]);
    if (told.verdict !== "recorded" || !kept) return;
    const number = scan.volunteer.includes(".") ? scan.volunteer.split(".")[1] : scan.volunteer;
    const known = kept.numbers.find((one) => one.number === number);
    const now = { number, inside: scan.kind === "in", come: true };
    if (known) Object.assign(known, now);
    else kept.numbers.unshift(now);
    await store.keep(kept);
    roster();
  }

  // ── The roster ────────────────────────────────────────────────────────────────────────────────

  function roster() {
    const list = part("roster");
    if (!list) return;
    const wanted = part("find").value.trim().toLowerCase();
    const rows = (kept?.numbers ?? []).filter((one) => one.number.toLowerCase().includes(wanted)).map((one) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = `${one.number} ${one.inside ? "在场" : one.come ? "已签退" : ""}`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = KINDS[kind()];
      button.setAttribute("aria-label", `${one.number} ${KINDS[kind()]}`);
      button.addEventListener("click", () => scan(one.number));
      row.append(words, button);
      return row;
    });
    list.replaceChildren(...rows);
    part("nobody").hidden = rows.length > 0;
  }

  // ── The camera ────────────────────────────────────────────────────────────────────────────────

  async function camera(button) {
    const recent = new Map();
    button.textContent = "关闭摄像头";
    try {
      await window.qingheCamera.watch({
        video: part("video"),
        decoder: page.dataset.decoder,
        seen: async (text) => {
          const key = `${kind()} ${text}`;
          if (Date.now() - (recent.get(key) ?? 0) < 10000) return;
          recent.set(key, Date.now());
          navigator.vibrate?.(80);
          await scan(text);
        },
      });
    } catch {
      say("没有取得摄像头，请允许使用后再试，或输入卡上的编号。", "error");
    }
    button.textContent = "打开摄像头扫卡";
  }

  // ── Beginning ─────────────────────────────────────────────────────────────────────────────────

  page.addEventListener("change", (event) => {
    if (event.target.name !== "kind") return;
    tick();
    roster();
  });
  part("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const box = event.target.elements.number;
    scan(box.value);
    box.value = "";
    box.focus();
  });
  part("find")?.addEventListener("input", roster);
  part("full")?.addEventListener("click", () => document.documentElement.requestFullscreen?.());
  const button = part("camera");
  if (button && window.qingheCamera.possible) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const video = part("video");
      if (video.hidden) camera(button);
      else video.hidden = true;
    });
  }

  async function keepPages() {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register(page.dataset.worker);
    const ready = await navigator.serviceWorker.ready;
    const made = performance.getEntriesByType("resource").map((one) => one.name);
    const links = [...document.querySelectorAll("link[rel~=stylesheet], script[src]")].map((one) => one.href || one.src);
    const decoder = button ? await window.qingheCamera.needed(page.dataset.decoder) : [];
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (page.dataset.ready = "yes");
    ready.active.postMessage({ keep: [...new Set([location.href.split(/[?#]/)[0], ...(page.dataset.also || "").split(" ").filter(Boolean).map((path) => new URL(path, location).href), ...links, ...made, ...decoder])] }, [channel.port2]);
  }

  async function begin() {
    kept = (await store.kept(session)) ?? null;
    taken();
    await refresh();
    for (const scan of await store.queued()) if (scan.session === session) note(scan, "待上传", "wait");
    if (part("form")) await send();
    setInterval(tick, 500);
    setInterval(() => refresh().then((is) => is && part("form") && send()), 60000);
    window.addEventListener("online", () => refresh().then((is) => is && part("form") && send()));
    window.addEventListener("offline", () => online(false));
    keepPages().catch(() => say("本机不能离线打开本页（需要 https）；有网络时一切照常。"));
  }

  begin();
})();
