/* A row that could not be kept for want of a connection stays in this browser and is sent again. */
(() => {
  const sheet = document.querySelector("[data-keeps]");
  if (!sheet) return;
  const rows = [...sheet.querySelectorAll("form.a-row")];
  const place = (row) => `assessments.${sheet.dataset.keeps}.${row.action}`;
  const told = (row) => row.querySelector("[role=status]");
  const typed = (row) => JSON.stringify({ marks: row.elements.marks.value, reason: row.elements.reason.value });

  const again = () => {
    for (const row of rows) if (localStorage.getItem(place(row))) row.requestSubmit();
  };

  for (const row of rows) {
    const kept = localStorage.getItem(place(row));
    if (kept) {
      const values = JSON.parse(kept);
      row.elements.marks.value = values.marks;
      row.elements.reason.value = values.reason;
    }
    row.addEventListener("input", () => localStorage.setItem(place(row), typed(row)));
    row.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful && localStorage.getItem(place(row)) === typed(row)) localStorage.removeItem(place(row));
    });
    row.addEventListener("htmx:sendError", () => { told(row).textContent = "没有网络，内容已存在本机，联网后自动保存。"; });
    row.addEventListener("htmx:responseError", () => { told(row).textContent = "没有保存到系统，内容已存在本机；请刷新后再试。"; });
  }
  window.addEventListener("online", again);
  window.addEventListener("load", again);
})();
