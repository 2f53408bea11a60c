// The manners of the page that is filled: Enter goes to the next cell, what could not be saved says so
// and is sent again when the line is back or the reason for coming late is given, and a page with
// something unsaved is not left unasked.
(() => {
  "use strict";

  const form = () => document.getElementById("filling");
  const unsaved = new Set();

  function say(words, kind) {
    const place = document.getElementById("kept");
    if (!place) return;
    place.textContent = words;
    place.className = kind;
  }

  // A file that is chosen is sent by its own button, not kept with the cell.
  document.addEventListener(
    "change",
    (event) => {
      if (event.target.type === "file") event.stopPropagation();
    },
    true,
  );

  const row = (element) => element?.closest?.("[data-cell]");

  document.addEventListener("input", (event) => {
    const cell = row(event.target);
    if (!cell || !event.target.name || event.target.type === "file") return;
    unsaved.add(cell.id);
    say("正在填写…", "q-muted");
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-cell] input.form-control")) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("[data-cell] .form-control, [data-cell] .form-select")];
    const shown = all.filter((each) => each.offsetParent && each.type !== "file");
    shown[shown.indexOf(event.target) + 1]?.focus();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const cell = row(event.target);
    if (!cell) return;
    if (cell.querySelector(".r-wrong")) unsaved.add(cell.id); // answered, and refused
    else if (event.detail.successful) unsaved.delete(cell.id);
    else if (event.detail.xhr.status) say("没有保存，填写的内容还在本页", "r-unkept");
    else say("网络断开，内容还在本页，恢复后自动保存", "r-unkept");
  });

  function again() {
    unsaved.forEach((id) => window.htmx.trigger(document.getElementById(id), "again"));
  }

  window.addEventListener("online", again);
  document.getElementById("late-reason")?.addEventListener("change", again);

  document.addEventListener("submit", (event) => {
    if (event.target === form()) unsaved.clear();
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
})();
