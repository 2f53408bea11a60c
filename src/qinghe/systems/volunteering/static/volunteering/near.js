/* Sorting by distance: the place is asked for on a tap, rounded to about a hundred metres, and goes
   with the search; without it the list works as before. */
(() => {
  const button = document.getElementById("near");
  const form = document.getElementById("find");
  const said = document.getElementById("near-said");
  if (!button || !form || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(
      (at) => {
        form.elements.latitude.value = at.coords.latitude.toFixed(3);
        form.elements.longitude.value = at.coords.longitude.toFixed(3);
        form.requestSubmit();
      },
      () => { said.textContent = "没有取得位置，仍按时间排序；可以选街道查找。"; },
      { maximumAge: 300000, timeout: 10000 },
    );
  });
})();
