// Reads the code of a door off the camera and goes to its page. Asks the browser where it is before a
// tap is sent, where the session wants to know; then sends it.
(() => {
  "use strict";

  const scanner = document.querySelector("[data-scanner]");
  const DOOR = /^\/volunteering\/mine\/scan\/[^/]+\/$/;

  // The way within this house that a code tells; whatever else it says is not followed.
  function wayIn(text) {
    try {
      const way = new URL(text).pathname;
      return DOOR.test(way) ? way : "";
    } catch {
      return "";
    }
  }

  async function scanCode(button, video, line) {
    const say = (words) => Object.assign(line, { textContent: words, hidden: !words });
    say("");
    button.textContent = "关闭摄像头";
    try {
      await window.qingheCamera.watch({
        video,
        decoder: scanner.dataset.scanner,
        seen: (text) => {
          const way = wayIn(text);
          if (!way) return say("这不是签到用的动态码，请对准现场的二维码。");
          video.hidden = true;
          location.assign(way);
        },
      });
    } catch {
      say("没有取得摄像头，请允许使用后再试，或在下面输入数字。");
    }
    button.textContent = "打开摄像头";
  }

  if (scanner && window.qingheCamera.possible) {
    const [button, video, line] = ["button", "video", "[role=alert]"].map((one) => scanner.querySelector(one));
    scanner.hidden = false;
    button.addEventListener("click", () => {
      if (video.hidden) scanCode(button, video, line);
      else video.hidden = true;
    });
  }

  document.querySelectorAll("form[data-place]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.asked || !navigator.geolocation) return;
      event.preventDefault();
      form.dataset.asked = "yes";
      const button = form.querySelector("button");
      button.disabled = true;
      const send = () => {
        button.disabled = false;
        form.submit();
      };
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.latitude.value = coords.latitude.toFixed(6);
          form.elements.longitude.value = coords.longitude.toFixed(6);
          send();
        },
        send, // the answer says what to do without a place
        { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 },
      );
    });
  });
})();
