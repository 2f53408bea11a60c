// Manners of typing on the sheet: plain text only, chips stay whole, `{` asks for a figure,
// an input method is left alone until it is done.

import * as text from "./text.js";

const OWN = "text/x-qinghe"; // a copied stretch with its tokens
const BRACES = ["{", "｛"];
const PLAIN = /^(insertText|insertCompositionText|insertReplacementText|insertFromComposition|delete|history)/;

export function listen(sheet, { passageOf, touched, ask, showChip }) {
  sheet.addEventListener("compositionstart", (event) => composing(event, true));
  sheet.addEventListener("compositionend", (event) => {
    composing(event, false);
    typed(event);
  });
  sheet.addEventListener("input", typed);
  sheet.addEventListener("beforeinput", before);
  sheet.addEventListener("paste", paste);
  sheet.addEventListener("copy", copy);
  sheet.addEventListener("cut", copy);
  sheet.addEventListener("dragstart", (event) => text.isChip(event.target) && event.preventDefault());
  sheet.addEventListener("keydown", keydown);
  sheet.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-token]");
    if (!chip || event.ctrlKey || event.metaKey) return; // a new window shows the figure's own page
    event.preventDefault();
    showChip(chip);
  });

  function composing(event, now) {
    const passage = passageOf(text.fieldOf(event.target));
    if (passage) passage.composing = now;
  }

  function typed(event) {
    const field = text.fieldOf(event.target);
    if (!field || event.isComposing) return;
    touched(field);
    const range = text.caret();
    if (range?.collapsed && BRACES.includes(charBefore(range)) && isTyping(event)) {
      range.setStart(range.startContainer, range.startOffset - 1);
      ask(range);
    }
  }

  function before(event) {
    if (event.inputType === "insertParagraph" || event.inputType === "insertLineBreak") {
      event.preventDefault();
      lineEnd(text.fieldOf(event.target));
    } else if (!PLAIN.test(event.inputType)) event.preventDefault();
  }

  // A line ends in the title only; elsewhere Enter leads on to the next field.
  function lineEnd(field) {
    if (field.dataset.lines) return insert("\n");
    const fields = [...sheet.querySelectorAll("[data-field][contenteditable=true]")];
    return enter(fields[fields.indexOf(field) + 1]);
  }

  function paste(event) {
    const field = text.fieldOf(event.target);
    if (!field?.isContentEditable) return;
    event.preventDefault();
    const own = event.clipboardData.getData(OWN);
    const range = text.caret();
    if (own && range) text.put(range, text.nodesOf(own, text.printedOnPage()));
    else insert(oneLine(event.clipboardData.getData("text/plain"), field));
  }

  function copy(event) {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const fragment = selection.getRangeAt(0).cloneContents();
    event.clipboardData.setData("text/plain", text.wordsOf(fragment));
    event.clipboardData.setData(OWN, text.textOf(fragment));
    event.preventDefault();
    if (event.type === "cut" && text.fieldOf(event.target)?.isContentEditable) document.execCommand("delete");
  }

  function keydown(event) {
    const chip = text.isChip(event.target) ? event.target : null;
    if (chip && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      showChip(chip);
    } else if (chip && ["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      remove(chip);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const next = nextChip(event.target, event.shiftKey);
      if (next) next.focus();
    }
  }

  function nextChip(from, back) {
    const chips = [...sheet.querySelectorAll("[data-token]")];
    const follows = (chip) => from.compareDocumentPosition(chip) & Node.DOCUMENT_POSITION_FOLLOWING;
    return back ? chips.findLast((chip) => chip !== from && !follows(chip)) : chips.find(follows);
  }
}

export function remove(chip) {
  const field = text.fieldOf(chip.parentElement);
  if (!field?.isContentEditable) return;
  const range = document.createRange();
  range.selectNode(chip);
  field.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  document.execCommand("delete");
}

function insert(words) {
  document.execCommand("insertText", false, words);
}

function enter(field) {
  if (!field) return;
  field.focus();
  window.getSelection().selectAllChildren(field);
  window.getSelection().collapseToEnd();
}

function charBefore(range) {
  const { startContainer, startOffset } = range;
  return startContainer.nodeType === Node.TEXT_NODE ? startContainer.nodeValue[startOffset - 1] : "";
}

// `{` that was just typed, not one that the caret has come to by deleting.
const isTyping = (event) => event.type === "compositionend" || (event.inputType ?? "").startsWith("insert");

const oneLine = (words, field) => {
  const plain = words.replace(/\r\n?/g, "\n").replace(/\u00a0/g, " ");
  return field.dataset.lines ? plain : plain.replace(/\s*\n\s*/g, "");
};
