// Lines of a form that is being designed move up and down, and their numbers follow; what holds
// between them is said on as many lines as are wanted, of any number that the form asks.
(() => {
  "use strict";

  function renumber(holder) {
    holder.querySelectorAll("[data-line]").forEach((line, place) => {
      line.querySelector("[name$=-ORDER]").value = place + 1;
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const line = button.closest("[data-line]");
    const beside = button.dataset.move === "up" ? line.previousElementSibling : line.nextElementSibling;
    if (!beside) return;
    if (button.dataset.move === "up") beside.before(line);
    else beside.after(line);
    renumber(line.parentElement);
    button.focus();
  });

  const another = document.querySelector("[data-another]");
  another.hidden = false;
  another.addEventListener("click", () => {
    const total = document.querySelector("[name=rules-TOTAL_FORMS]");
    const holder = document.querySelector("[data-rules]");
    const line = another.previousElementSibling.innerHTML.replaceAll("__prefix__", total.value);
    holder.insertAdjacentHTML("beforeend", line);
    total.value = Number(total.value) + 1;
    holder.lastElementChild.querySelector("input").focus();
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.getAttribute("list") !== "codes-known") return;
    const known = [...document.querySelectorAll("[data-line]")].map((line) =>
      new Option(line.querySelector("[name$=-label]").value, line.querySelector("[name$=-code]").value),
    );
    event.target.list.replaceChildren(...known);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "lines") return;
    renumber(event.target);
    document.getElementById("code-words").value = "";
  });
})();
