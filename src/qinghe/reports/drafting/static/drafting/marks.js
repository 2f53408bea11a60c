// What the checker found, shown in its place: words by highlights that leave the text alone,
// chips by a class.

import { stretch, textOf } from "./text.js";

const painted = "highlights" in CSS;
const KINDS = ["blocking", "doubt", "here"];
let known = [];

// Show findings; those of a field that has been typed in since are left until it is saved.
export function show(findings, passages) {
  known = findings;
  document.querySelectorAll(".d-wrong, .d-doubt").forEach((chip) => chip.classList.remove("d-wrong", "d-doubt"));
  const ranges = { blocking: [], doubt: [] };
  for (const finding of findings) {
    const found = placeOf(finding, passages);
    if (!found) continue;
    ranges[finding.blocking ? "blocking" : "doubt"].push(...found.ranges);
    found.chips.forEach((chip) => chip.classList.add(finding.blocking ? "d-wrong" : "d-doubt"));
  }
  if (!painted) return;
  for (const [kind, all] of Object.entries(ranges)) CSS.highlights.set(`d-${kind}`, new Highlight(...all));
}

// Take away the marks of a field while it is being typed in.
export function fade(passage) {
  if (!painted) return;
  for (const kind of KINDS) {
    const marks = CSS.highlights.get(`d-${kind}`);
    for (const range of marks ?? []) {
      const fields = Object.values(passage.fields);
      if (range.collapsed && fields.some((field) => field.contains(range.startContainer))) marks.delete(range);
    }
  }
}

export const finding = (number) => known[number];

export function placeOf(finding, passages) {
  const passage = passages.get(finding.passage);
  const field = passage?.fields[finding.part];
  if (!field || textOf(field) !== passage[finding.part]) return null;
  return { field, ...stretch(field, finding.start, finding.end) };
}

// Bring a finding into view and mark it for a moment.
export function jump(finding, passages) {
  const passage = passages.get(finding.passage);
  const field = passage?.fields[finding.part] ?? Object.values(passage?.fields ?? {})[0];
  if (!field) return;
  const found = placeOf(finding, passages);
  const range = found?.ranges[0];
  const target = found?.chips[0] ?? range?.startContainer.parentElement ?? field;
  target.scrollIntoView({ block: "center", behavior: "auto" });
  if (field.isContentEditable) field.focus({ preventScroll: true });
  if (range) {
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
  found?.chips[0]?.focus({ preventScroll: true });
  if (painted) CSS.highlights.set("d-here", new Highlight(...(found?.ranges ?? [])));
}
