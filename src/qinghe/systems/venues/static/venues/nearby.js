// Sorts the open places by distance, on a tap. Where the telephone is never leaves it.
(() => {
  const button = document.querySelector("[data-nearby]");
  const told = document.querySelector("[data-nearby-told]");
  const list = document.querySelector("[data-nearby-list]");
  if (!button || !list || !("geolocation" in navigator)) return;
  button.hidden = false;

  const radians = (degrees) => (degrees * Math.PI) / 180;
  const metres = (a, b) => {
    const north = radians(b.latitude - a.latitude) / 2;
    const east = radians(b.longitude - a.longitude) / 2;
    const part =
      Math.sin(north) ** 2 +
      Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east) ** 2;
    return 12742000 * Math.asin(Math.sqrt(part));
  };
  const words = (far) => (far < 1000 ? `约 ${Math.round(far / 50) * 50} 米` : `约 ${(far / 1000).toFixed(1)} 公里`);

  const sort = (here) => {
    const places = [...document.querySelectorAll("[data-place]")].map((element) => {
      const { latitude, longitude } = element.dataset;
      const far = latitude ? metres(here, { latitude: +latitude, longitude: +longitude }) : Infinity;
      return { element, far };
    });
    places.sort((one, other) => one.far - other.far);
    const nearest = document.createElement("section");
    nearest.className = "q-card";
    nearest.setAttribute("aria-label", "由近到远");
    for (const { element, far } of places) {
      element.querySelector("[data-far]").textContent = Number.isFinite(far) ? words(far) : "未标位置";
      nearest.append(element);
    }
    list.replaceChildren(nearest);
    told.textContent = "已由近到远排列；距离为直线距离，您的位置没有上传。";
  };

  button.addEventListener("click", () => {
    told.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(
      (found) => sort(found.coords),
      () => {
        told.textContent = "没有取得位置，仍按街道排列；可以在手机设置里允许定位后再试。";
      },
      { maximumAge: 60000, timeout: 10000 },
    );
  });
})();
