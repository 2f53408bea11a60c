/* The page at the point. What is entered is kept at once in this telephone and, with a connection,
   in the draft; a photo or the hand-in goes only after that, so that nothing entered is lost. */
(() => {
  const form = document.getElementById("seen");
  const told = document.getElementById("kept");
  if (!form) return;
  const store = `inspections.visit.${form.dataset.visit}`;
  const LEFT_OUT = ["csrfmiddlewaretoken"];
  let timer = 0;

  const entered = () => [...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name));
  const remember = () => localStorage.setItem(store, JSON.stringify(entered()));

  const restore = () => {
    const kept = localStorage.getItem(store);
    if (!kept) return false;
    for (const [name, value] of JSON.parse(kept)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    return true;
  };

  const keep = async () => {
    clearTimeout(timer);
    const sent = JSON.stringify(entered());
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Kept-By": "script" },
      });
      if (!answer.ok) {
        told.textContent = "草稿没有保存到系统，已存在本机；请刷新后再试。";
        return false;
      }
      if (localStorage.getItem(store) === sent) localStorage.removeItem(store);
      told.textContent = "草稿已保存。";
      return true;
    } catch {
      told.textContent = "没有网络，内容已存在本机，联网后自动保存。";
      return false;
    }
  };

  form.addEventListener("input", () => {
    remember();
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
  });
  window.addEventListener("online", () => { if (localStorage.getItem(store)) keep(); });
  if (restore()) keep();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    remember();
    const button = event.submitter;
    if (!(await keep())) return;
    if (button && button.formAction) form.action = button.formAction;
    form.submit();
  });

  for (const file of document.querySelectorAll(".i-file")) {
    file.addEventListener("change", async () => {
      if (!file.files.length) return;
      remember();
      if (await keep()) {
        told.textContent = "正在上传照片…";
        file.form.submit();
      }
    });
  }

  const place = document.getElementById("place");
  const where = document.getElementById("place-told");
  if (!place || !navigator.geolocation) return;
  place.hidden = false;
  place.addEventListener("click", () => {
    where.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(
      (at) => {
        form.elements.latitude.value = at.coords.latitude.toFixed(6);
        form.elements.longitude.value = at.coords.longitude.toFixed(6);
        where.textContent = "已记录位置。";
        remember();
        keep();
      },
      () => { where.textContent = "没有取得位置，可以不记。"; },
      { maximumAge: 60000, timeout: 10000 },
    );
  });
})();
