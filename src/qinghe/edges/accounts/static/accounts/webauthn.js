// Says in the page what a key could not do, in place of a line in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("webauthn-failed");
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
});
