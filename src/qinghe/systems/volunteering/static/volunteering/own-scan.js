// Asks the browser where it is before a tap is sent, where the session wants to know; then sends it.
(() => {
  "use strict";

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
