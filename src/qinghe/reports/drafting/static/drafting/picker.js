// Choosing a figure to insert: by code or by words, with the arrows and Enter.

import * as text from "./text.js";

const MOST = 8;

export class Picker {
  constructor(root, { url, chosen, opened, closed }) {
    this.root = root;
    this.url = url;
    Object.assign(this, { chosen, opened, closed });
    this.box = root.querySelector("input");
    this.list = root.querySelector("[role=listbox]");
    this.box.addEventListener("input", () => this.draw());
    root.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.number));
    });
    document.addEventListener("pointerdown", (event) => {
      if (!root.hidden && !root.contains(event.target)) this.close();
    });
  }

  // Read what can be chosen, once.
  async read() {
    this.known ??= fetch(this.url, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((said) => said.figures);
    try {
      this.figures = await this.known;
    } catch {
      this.known = undefined;
      this.figures = null;
    }
  }

  async open(range) {
    this.range = range;
    this.opened(range);
    this.root.hidden = false;
    this.place();
    this.box.value = "";
    this.box.focus();
    this.list.replaceChildren(line("正在读取…"));
    await this.read();
    this.draw();
  }

  place() {
    const near = this.range.getBoundingClientRect();
    const field = text.fieldOf(this.range.startContainer).getBoundingClientRect();
    const { x, bottom } = near.bottom ? near : { x: field.x, bottom: field.bottom };
    const width = this.root.offsetWidth;
    const left = Math.max(8, Math.min(x, document.documentElement.clientWidth - width - 8));
    this.root.style.left = `${left + window.scrollX}px`;
    this.root.style.top = `${bottom + window.scrollY + 4}px`;
  }

  draw() {
    if (!this.figures) return this.list.replaceChildren(line("没有读到指标，请检查网络后再试。"));
    const words = this.box.value.trim().toUpperCase().split(/\s+/).filter(Boolean);
    const fits = (figure) => words.every((word) => `${figure.code} ${figure.label}`.toUpperCase().includes(word));
    this.found = this.figures.filter(fits).slice(0, MOST);
    this.at = 0;
    if (!this.found.length) return this.list.replaceChildren(line("没有这样的指标，换个说法试试。"));
    this.list.replaceChildren(...this.found.map(option));
    return this.point();
  }

  point() {
    [...this.list.children].forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === this.at));
      if (number === this.at) this.box.setAttribute("aria-activedescendant", option.id);
    });
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found?.length) {
      event.preventDefault();
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.point();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      const { range } = this;
      this.close();
      back(range);
    } else if (event.key === "Tab") this.close();
  }

  take(number) {
    const figure = this.found?.[number];
    if (!figure) return;
    const { range } = this;
    this.close();
    this.chosen(range, figure);
  }

  close() {
    this.closed(this.range);
    this.root.hidden = true;
    this.list.replaceChildren();
  }
}

function back(range) {
  const field = text.fieldOf(range.startContainer);
  field?.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection.removeAllRanges();
  range.collapse(false);
  selection.addRange(range);
}

function line(words) {
  const item = document.createElement("li");
  item.className = "d-nothing";
  item.textContent = words;
  return item;
}

function option(figure, number) {
  const item = document.createElement("li");
  item.id = `figure-${number}`;
  item.setAttribute("role", "option");
  item.dataset.number = number;
  for (const [tag, words] of [["b", figure.label], ["code", figure.code], ["span", figure.said]]) {
    const part = document.createElement(tag);
    part.textContent = words;
    item.append(part);
  }
  return item;
}
