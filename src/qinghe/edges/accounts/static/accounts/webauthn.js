// Says in the page what a key could not do, in place of a line in the console. A browser lets keys
// work only at a name, and only over https or on the machine itself: that is told by its own sentence.
const nameless = !window.isSecureContext || /^[\d.]+$|:/.test(window.location.hostname);

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById(nameless ? "webauthn-nameless" : "webauthn-failed");
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
});
