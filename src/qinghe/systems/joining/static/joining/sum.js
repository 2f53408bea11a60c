// Shows what the amounts of a form add up to, while they are typed; the server adds them up again.
for (const total of document.querySelectorAll("[data-total]")) {
  const boxes = document.querySelectorAll(`[data-adds="${total.dataset.total}"]`);
  const show = () => {
    total.textContent = [...boxes].reduce((sum, box) => sum + (Number(box.value) || 0), 0);
  };
  boxes.forEach((box) => box.addEventListener("input", show));
  show();
}
