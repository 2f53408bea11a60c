// The sheet that is written on: fields, what is kept of them, what the checker says of them.

import * as marks from "./marks.js";
import { Picker } from "./picker.js";
import { Saving } from "./saving.js";
import * as text from "./text.js";
import * as typing from "./typing.js";

const sheet = document.querySelector("[data-editor]");
const side = document.getElementById("side");
const saved = document.getElementById("saving");
const dialog = document.getElementById("conflict");
const passages = new Map();
let chip = null; // whose figure the panel shows
let here = null; // the passage that is being written

const read = (name) => JSON.parse(document.getElementById(name).textContent);

function open() {
  document.body.classList.add("d-live");
  for (const known of read("passages")) passages.set(known.id, { ...known, fields: {} });
  sheet.querySelectorAll("[data-field]").forEach((field) => {
    const passage = passages.get(Number(field.dataset.passage));
    passage.fields[field.dataset.field] = field;
    if (!passage.write) return;
    field.contentEditable = "true";
    field.spellcheck = false;
    text.settle(field);
  });
  typing.listen(sheet, {
    passageOf: (field) => passages.get(Number(field?.dataset.passage)),
    touched,
    ask: (range) => picker.open(range),
    showChip,
  });
  recover();
  marks.show(read("findings"), passages);
  saving.report();
  saving.flush();
}

function says(id) {
  const { fields } = passages.get(id);
  const of = (name) => (fields[name] ? tidy(text.textOf(fields[name])) : (passages.get(id)[name] ?? ""));
  return { heading: of("heading"), text: of("text"), printed: printedIn(fields) };
}

const printedIn = (fields) => {
  const chips = Object.values(fields).flatMap((field) => [...field.querySelectorAll("[data-token]")]);
  return Object.fromEntries(chips.map((one) => [one.dataset.token, one.textContent]));
};

const tidy = (words) => words.replace(/^[ \t\u3000]+|[ \t\u3000]+$/gm, "").trim();

const saving = new Saving({
  store: sheet.dataset.store,
  passages,
  read: says,
  saved: (id, said) => took(id, said),
  conflict: choose,
  tell: (kind, words) => {
    if (saved.textContent !== words) saved.textContent = words;
    saved.dataset.kind = kind;
    saved.toggleAttribute("data-open", conflicts.size > 0);
  },
});

const picker = new Picker(document.getElementById("picker"), {
  url: sheet.dataset.figures,
  chosen: (range, figure) => {
    const made = text.makeChip(figure.token, figure.said);
    text.put(range, [made]);
  },
  // A figure is being looked for: what stands there now is half a sentence.
  opened: (range) => hold(range, true),
  closed: (range) => hold(range, false),
});

function hold(range, now) {
  const id = Number(text.fieldOf(range.startContainer)?.dataset.passage);
  if (!passages.has(id)) return;
  passages.get(id).composing = now;
  if (!now) saving.touch(id);
}

function touched(field) {
  const id = Number(field.dataset.passage);
  marks.fade(passages.get(id));
  saving.touch(id);
}

function took(id, said) {
  for (const [token, words] of Object.entries(said.printed)) {
    sheet.querySelectorAll(`[data-passage="${id}"] [data-token]`).forEach((one) => {
      if (one.dataset.token === token && one.textContent !== words) one.textContent = words;
    });
  }
  typedTokens(id, said.printed);
  check(said);
}

// A token that was typed or pasted as words becomes a chip once its field is left.
function typedTokens(id, printed) {
  for (const field of Object.values(passages.get(id).fields)) {
    const chips = field.querySelectorAll("[data-token]").length;
    const tokens = [...text.textOf(field).matchAll(text.TOKEN)].filter(([token]) => token in printed).length;
    if (tokens > chips && !field.contains(document.activeElement)) text.write(field, text.textOf(field), printed);
  }
}

function check(said) {
  marks.show(said.findings, passages);
  document.getElementById("counts").innerHTML = said.counts;
  const blocking = said.findings.filter((finding) => finding.blocking).length;
  document.querySelector("[data-count=checked]").textContent = blocking || "";
  const list = side.querySelector("#checked");
  if (!list) return;
  list.outerHTML = said.checked;
  window.htmx.process(side.querySelector("#checked"));
}

// Bring back what an earlier visit left unsent.
function recover() {
  for (const [id, kept] of saving.left()) {
    const passage = passages.get(id);
    if (kept.heading === passage.heading && kept.text === passage.text) saving.forget(id);
    else {
      const printed = { ...text.printedOnPage(), ...kept.printed };
      for (const name of ["heading", "text"]) {
        if (passage.fields[name]) text.write(passage.fields[name], kept[name], printed);
      }
      saving.keep(id, kept); // with the version that it was written on: another's is not lost
    }
  }
}

// Two have written the same passage: show both and what they make together, one passage at a time.
const conflicts = new Map();

function choose(id, entry, said) {
  conflicts.set(id, { entry, said });
  ask();
}

function ask() {
  const id = conflicts.keys().next().value;
  if (dialog.open || id === undefined) return;
  dialog.querySelector("[data-body]").innerHTML = conflicts.get(id).said.html;
  dialog.dataset.passage = id;
  dialog.showModal();
}

// Put the merged text together again after a choice; what was changed by hand below is written anew.
dialog.addEventListener("change", (event) => {
  const name = event.target.closest("[data-part]")?.dataset.part;
  if (!name) return;
  const parts = [...dialog.querySelectorAll(`[data-part="${name}"]`)].map((part) => {
    if (part.dataset.kept !== undefined) return part.dataset.kept;
    const { mine, theirs } = part.dataset;
    return { mine, theirs, both: theirs + mine }[part.querySelector(":checked").value];
  });
  dialog.querySelector(`[name="${name}"]`).value = parts.join("");
});

dialog.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-choice]")?.dataset.choice;
  if (!choice) return;
  const id = Number(dialog.dataset.passage);
  const { theirs, printed: said } = conflicts.get(id).said;
  const merged = { heading: dialog.querySelector("[name=heading]")?.value, text: dialog.querySelector("[name=text]")?.value };
  const wanted = { mine: says(id), theirs, merged: { ...says(id), ...defined(merged) } }[choice];
  conflicts.delete(id);
  dialog.close();
  const printed = { ...text.printedOnPage(), ...said };
  for (const [name, field] of Object.entries(passages.get(id).fields)) text.write(field, wanted[name], printed);
  saving.settle(id, theirs);
  ask();
});

// Whoever closes it to look at the sheet comes back by what says that it is not saved.
saved.addEventListener("click", ask);

const defined = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

// The panel beside the sheet ----------------------------------------------------------------------

function showChip(one) {
  chip = one;
  const field = text.fieldOf(one.parentElement);
  const query = new URLSearchParams({ token: one.dataset.token, passage: field.dataset.passage });
  sheet.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  one.setAttribute("aria-current", "true");
  side.parentElement.querySelectorAll(".d-tabs [aria-current]").forEach((tab) => tab.removeAttribute("aria-current"));
  show(`${sheet.dataset.tokenUrl}?${query}`);
}

function show(url) {
  side.parentElement.classList.add("d-open");
  window.htmx.ajax("GET", url, { target: "#side", swap: "innerHTML" });
}

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== side) return;
  const said = side.querySelector("[data-printed]");
  const field = chip && text.fieldOf(chip.parentElement);
  if (said && field?.isContentEditable && said.dataset.says !== chip.dataset.token) {
    text.say(chip, said.dataset.says, said.dataset.printed);
    touched(field);
  }
  const fresh = side.querySelector("#findings-now");
  if (fresh) check({ findings: JSON.parse(fresh.textContent), counts: side.querySelector("#counts-now").innerHTML, checked: side.querySelector("#checked").outerHTML });
});

side.parentElement.addEventListener("click", (event) => {
  const target = (name) => event.target.closest(`[data-${name}]`);
  if (target("jump")) jump(marks.finding(Number(target("jump").dataset.jump)));
  else if (target("bind")) bind(target("bind"));
  else if (target("unbind") && chip) typing.remove(chip);
  else if (target("goto")) goTo(Number(target("goto").dataset.goto));
  else if (target("close")) side.parentElement.classList.remove("d-open");
  else if (event.target.closest(".d-tabs a")) openTab(event.target.closest(".d-tabs a"));
});

function openTab(tab) {
  side.parentElement.classList.add("d-open");
  tab.parentElement.querySelectorAll("a").forEach((other) => other.removeAttribute("aria-current"));
  tab.setAttribute("aria-current", "true");
}

function jump(finding) {
  if (matchMedia("(max-width: 900px)").matches) side.parentElement.classList.remove("d-open");
  if (finding) marks.jump(finding, passages);
}

function goTo(id) {
  const field = passages.get(id)?.fields.text ?? passages.get(id)?.fields.heading;
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

// Put a figure in the place of a number that was typed by hand.
function bind(button) {
  const finding = marks.finding(Number(button.dataset.finding));
  const found = finding && marks.placeOf(finding, passages);
  const range = found?.ranges[0];
  if (!range || !found.field.isContentEditable) return;
  found.field.focus({ preventScroll: true });
  text.put(range, [text.makeChip(button.dataset.bind, button.dataset.said)]);
  saving.flush();
}

document.getElementById("insert")?.addEventListener("pointerdown", (event) => event.preventDefault());
document.getElementById("insert")?.addEventListener("click", () => {
  const range = text.caret();
  if (range) picker.open(range);
  else saved.textContent = "请先把光标放到要插入数字的地方";
});

sheet.addEventListener("focusin", (event) => {
  const field = text.fieldOf(event.target);
  if (!field) return;
  const id = Number(field.dataset.passage);
  if (field.isContentEditable) picker.read();
  if (id === here) return;
  here = id;
  document.querySelectorAll("[data-here]").forEach((link) => {
    link.href = passages.get(id).url;
    link.setAttribute("hx-get", passages.get(id).side);
    link.hidden = false;
    window.htmx.process(link);
  });
  if (side.querySelector("[data-passage-shown]")) window.htmx.ajax("GET", passages.get(id).side, { target: "#side" });
});

sheet.addEventListener("focusout", () => saving.flush());

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-flush]")) saving.flush();
});

open();
