// A field on the sheet and the text it stands for: words, and chips that stand for tokens.
// The text counts a chip as its token; places in it are those that the checker speaks of.

const NOTHING = "\u200b"; // keeps a place for the caret beside a chip that ends a field
const EMPTY = new RegExp(NOTHING, "g");

export const isChip = (node) => node instanceof HTMLElement && node.hasAttribute("data-token");

export function makeChip(token, words) {
  const chip = document.createElement("span");
  chip.className = "r-number d-chip";
  chip.contentEditable = "false";
  chip.setAttribute("role", "button");
  chip.tabIndex = 0;
  say(chip, token, words);
  return chip;
}

export function say(chip, token, words) {
  chip.dataset.token = token;
  chip.textContent = words;
}

function lengthOf(node) {
  return textOf(node).length;
}

// Return the text of a node with its tokens.
export function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue.replace(EMPTY, "").replace(/\u00a0/g, " ");
  if (isChip(node)) return node.dataset.token;
  if (node.nodeName === "BR") return "\n";
  return [...node.childNodes].map(textOf).join("");
}

// Return what a reader would read of a fragment: the printed words of its chips.
export const wordsOf = (node) => node.textContent.replace(EMPTY, "");

export const TOKEN =
  /\{[A-Z]{2,8}-\d{2,3}(?:@[^{}@!^|\s/]{1,24})?(?:!\d{4}[MQH0-9]{0,3})?(?:\^(?:previous|last_year))?(?:\|[a-z]+(?::\d+)?)?\}/g;

// Return the nodes of a text; `printed` tells what each token says.
export function nodesOf(text, printed) {
  const nodes = [];
  let place = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (!(found[0] in printed)) continue;
    if (found.index > place) nodes.push(document.createTextNode(text.slice(place, found.index)));
    nodes.push(makeChip(found[0], printed[found[0]]));
    place = found.index + found[0].length;
  }
  if (place < text.length) nodes.push(document.createTextNode(text.slice(place)));
  return nodes;
}

// What the chips on the page say, by token: enough to write any text of it again.
export function printedOnPage() {
  const printed = {};
  document.querySelectorAll("[data-token]").forEach((chip) => (printed[chip.dataset.token] = chip.textContent));
  return printed;
}

export function write(field, text, printed) {
  field.replaceChildren(...nodesOf(text, printed));
  settle(field);
}

// Leave a place for the caret behind a chip that ends the field, and before one that begins it.
export function settle(field) {
  if (isChip(field.lastChild)) field.append(NOTHING);
  if (isChip(field.firstChild)) field.prepend(NOTHING);
}

// Return the nodes under a field in reading order: text nodes, line breaks and chips.
function* leaves(node) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE || isChip(child) || child.nodeName === "BR") yield child;
    else yield* leaves(child);
  }
}

// Return the place inside a text node that a count of its characters leads to.
function within(node, count) {
  let left = count;
  for (let at = 0; at < node.nodeValue.length; at += 1) {
    if (node.nodeValue[at] === NOTHING) continue;
    if (left === 0) return at;
    left -= 1;
  }
  return node.nodeValue.length;
}

// Return the ranges and the chips that stand for a stretch of the text.
export function stretch(field, start, end) {
  const ranges = [];
  const chips = [];
  let place = 0;
  for (const leaf of leaves(field)) {
    const length = lengthOf(leaf);
    const from = Math.max(start - place, 0);
    const to = Math.min(end - place, length);
    if (from < to || (length && start === end && start >= place && start < place + length)) {
      if (isChip(leaf)) chips.push(leaf);
      else if (leaf.nodeType === Node.TEXT_NODE) ranges.push(rangeOf(leaf, from, Math.max(to, from)));
    }
    place += length;
  }
  return { ranges, chips };
}

function rangeOf(node, from, to) {
  const range = document.createRange();
  range.setStart(node, within(node, from));
  range.setEnd(node, within(node, to));
  return range;
}

// Return the field that a node stands in.
export function fieldOf(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest?.("[data-field]") ?? null;
}

// Return the caret as a range, where it stands in a field that may be written.
export function caret() {
  const selection = window.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return fieldOf(range.startContainer)?.isContentEditable ? range.cloneRange() : null;
}

// Put nodes in the place of a range, and the caret behind them.
export function put(range, nodes) {
  const field = fieldOf(range.startContainer);
  range.deleteContents();
  const last = nodes[nodes.length - 1];
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes);
  range.insertNode(fragment);
  settle(field);
  const behind = document.createRange();
  behind.setStartAfter(last);
  behind.collapse(true);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(behind);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
