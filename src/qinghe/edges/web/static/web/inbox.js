// The inbox by keyboard alone, and rows that leave it when what they stood for is done.
(() => {
  "use strict";

  const LEAVING = ["/accounts/", "/sign-in/"]; // asked to sign in or to prove who one is: go there
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-inbox] [data-row]")];
  const current = () => document.activeElement?.closest("[data-row]");

  function choose(row) {
    row?.querySelector("[data-open]")?.focus();
  }

  function move(by) {
    const all = rows();
    const at = all.indexOf(current());
    choose(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  function act() {
    const row = current() ?? rows()[0];
    const step = row?.querySelector(".q-doing button, .q-doing a");
    if (!step) return;
    step.focus();
    step.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const within = Boolean(current());
    const key = event.key.toLowerCase();
    if (key === "j" || (key === "arrowdown" && within)) move(1);
    else if (key === "k" || (key === "arrowup" && within)) move(-1);
    else if (key === "a" && rows().length && !event.repeat) act();
    else return;
    event.preventDefault();
  });

  // A step answers with a redirect when it is done. What it leads to is not this list's business:
  // it may even be gone, now that its record has moved on.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig;
    if (!asked?.elt?.matches?.("[data-step]")) return;
    const request = event.detail.xhr;
    const reached = new URL(request.responseURL, window.location.href).pathname;
    const moved = reached !== new URL(asked.path, window.location.href).pathname;
    if (moved && LEAVING.some((start) => reached.startsWith(start))) {
      event.detail.shouldSwap = false;
      window.location.assign(request.responseURL);
    } else if (moved) {
      event.detail.target = asked.elt.closest("[data-row]");
      event.detail.swapOverride = "delete";
      event.detail.serverResponse = "";
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      leave(event.detail.target);
    } else if (request.status < 300) {
      event.detail.shouldSwap = false; // the page wants more than a click
      window.location.assign(asked.path);
    }
  });

  function leave(row) {
    const all = rows();
    const at = all.indexOf(row);
    const next = all[at + 1] ?? all[at - 1];
    row.classList.add("q-leaving");
    document.getElementById("notice").replaceChildren();
    choose(next);
    const gone = new MutationObserver(() => {
      if (row.isConnected) return;
      gone.disconnect();
      settled();
    });
    gone.observe(row.parentNode, { childList: true });
  }

  function settled() {
    window.htmx.trigger(document.body, "inbox-changed");
    if (!rows().length) window.location.reload();
  }
})();
