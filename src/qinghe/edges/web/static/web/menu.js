// The left menu: which groups a reader opened or folded is kept in a cookie, so that the next page
// comes with them as they were, and the line of the open page is in sight.
(() => {
  "use strict";

  const NAME = "qinghe_menu"; // menu.FOLDS
  const HALF_A_YEAR = 180 * 24 * 60 * 60;
  const menu = document.getElementById("menu");
  if (!menu) return;

  function kept() {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${NAME}=`));
    return found ? found.slice(NAME.length + 1).split(".").filter(Boolean) : [];
  }

  function keep(group, open) {
    const others = kept().filter((key) => key !== group && key !== `-${group}`);
    const value = [...others, open ? group : `-${group}`].join(".");
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${NAME}=${value}; Path=/; Max-Age=${HALF_A_YEAR}; SameSite=Lax${secure}`;
  }

  // A click is a hand's doing, also by the Enter key; that a group comes open with its page is not.
  menu.addEventListener("click", (event) => {
    const group = event.target.closest("summary")?.closest(".q-group");
    if (group) keep(group.dataset.group, !group.open);
  });

  const here = menu.querySelector(".q-here");
  const room = menu.clientHeight;
  if (here && here.offsetTop + here.offsetHeight > room) menu.scrollTop = here.offsetTop - room / 2;
})();
