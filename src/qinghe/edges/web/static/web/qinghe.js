// Nine small manners of every page: the search shortcut, the menu on a phone, rows that follow
// their first link, wide tables that a phone reads row by row, boxes that propose organisations,
// boxes that tick a whole page, a button that prints, a device that forgets who signs out, and
// charts drawn from data that the page carries.
(() => {
  "use strict";

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  function closePicks(except) {
    document.querySelectorAll("details.q-pick[open]").forEach((pick) => {
      if (pick !== except) pick.open = false;
    });
  }

  function closeMenu() {
    document.body.classList.remove("q-menu-open");
    document.querySelector(".q-menu-button")?.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && !typing(event.target)) {
      const box = document.querySelector('[data-shortcut="/"]');
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
    if (event.key === "Escape") {
      const open = document.querySelector("details.q-pick[open]");
      closePicks();
      closeMenu();
      open?.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".q-menu-button");
    if (button) {
      const open = document.body.classList.toggle("q-menu-open");
      button.setAttribute("aria-expanded", String(open));
      if (open) document.querySelector("#menu a")?.focus();
      return;
    }
    if (document.body.classList.contains("q-menu-open") && !event.target.closest("#menu")) closeMenu();
    closePicks(event.target.closest("details.q-pick"));
    followRow(event);
  });

  function followRow(event) {
    if (event.target.closest("a, button, input, select, label, summary")) return;
    if (String(window.getSelection())) return;
    const link = event.target.closest(".q-table tbody tr")?.querySelector("a[href]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href);
    else link.click();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // What pages kept on this device goes with its user; scans that were not sent yet stay (ADR 0036).
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/accounts/logout/")) return;
    window.indexedDB?.deleteDatabase("qinghe-kept");
    window.caches?.keys().then((names) => names.forEach((name) => window.caches.delete(name)));
  });

  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.ask || event.target.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // A box for an organisation proposes those of the reader's whose name or code holds what is typed.
  let asking;
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-orgs]");
    const words = box?.value.trim();
    clearTimeout(asking);
    if (!words || [...box.list.options].some((option) => option.value === words)) return;
    asking = setTimeout(async () => {
      const answer = await fetch(`${box.dataset.orgs}&pick=${encodeURIComponent(words)}`);
      if (answer.ok) box.list.innerHTML = await answer.text();
    }, 200);
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick-all], [name=picked]")) return;
    const list = event.target.closest("#list") ?? event.target.closest("form");
    const boxes = [...list.querySelectorAll("[name=picked]")];
    const all = list.querySelector("[data-pick-all]");
    if (!all) return;
    if (event.target === all) boxes.forEach((box) => (box.checked = all.checked));
    const picked = boxes.filter((box) => box.checked).length;
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
    const told = list.querySelector("[data-picked]");
    if (told) told.textContent = picked;
  });

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function bars(data) {
    const ink = token("--q-ink-2");
    return {
      animation: false,
      grid: { left: 118, right: 72, top: 0, bottom: 0 },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "none" } },
      xAxis: { type: "value", show: false },
      yAxis: {
        type: "category",
        inverse: true,
        data: data.names,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: ink, fontSize: 13, align: "left", margin: 108, width: 100, overflow: "truncate" },
      },
      series: [
        {
          name: data.label,
          type: "bar",
          data: data.values,
          barMaxWidth: 12,
          itemStyle: { color: token("--q-bar"), borderRadius: 3 },
          label: {
            show: true,
            position: "right",
            color: ink,
            fontSize: 12,
            formatter: (point) => point.value.toLocaleString("zh-CN"),
          },
        },
      ],
    };
  }

  const kinds = { bars };
  const ROW = 27; // the height of a row of the table beside the chart

  function draw(holder) {
    if (!window.echarts || holder.dataset.drawn) return;
    const data = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
    holder.dataset.drawn = "yes";
    holder.style.height = `${data.names.length * ROW}px`;
    const chart = window.echarts.init(holder, null, { renderer: "canvas" });
    chart.setOption(kinds[data.kind](data));
    new ResizeObserver(() => chart.resize()).observe(holder);
  }

  // On a phone a table that is too wide is read row by row: each cell says under which heading it
  // stands. Where many figures stand beside each other and one of them orders the rows, that one is
  // shown. A table with merged cells or two lines of headings has no such reading, and is pushed.
  const phone = window.matchMedia("(max-width: 760px)");

  function unfold(holder) {
    const table = holder.querySelector(":scope > table.q-table");
    if (!table || holder.scrollWidth <= holder.clientWidth || table.querySelector("[colspan], [rowspan]")) return;
    const lines = table.tHead?.rows ?? [];
    if (lines.length !== 1) return;
    const names = [...lines[0].cells].map((cell) => cell.innerText.trim());
    const chosen = [...lines[0].cells].findIndex((cell) => cell.ariaSort);
    for (const row of table.querySelectorAll(":scope > tbody > tr")) {
      [...row.cells].forEach((cell, place) => {
        cell.dataset.label ??= names[place] ?? "";
        cell.classList.toggle("q-beside", chosen > 0 && place > 0 && place !== chosen);
      });
    }
    holder.classList.add("q-rows");
  }

  function settle(root) {
    if (phone.matches) document.querySelectorAll(".q-scroll:not(.q-rows)").forEach(unfold);
    root.querySelectorAll("[data-chart]").forEach(draw);
    root.querySelector("[data-focus]")?.focus();
  }

  document.addEventListener("htmx:load", (event) => settle(event.target));
  window.addEventListener("load", () => settle(document));
})();
