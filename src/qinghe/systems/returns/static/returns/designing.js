// Lines of a form that is being designed move up and down; their numbers follow.
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

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "lines") renumber(event.target);
  });
})();
