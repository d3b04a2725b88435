/* «Copier le texte»: with its headings and lists where the target takes them, plain elsewhere.
   Without this script the text is selected by hand or taken as a file. */
(function () {
  "use strict";

  var part = document.querySelector("[data-copy]");
  var sheet = document.querySelector(".tcv-sheet");
  if (!part || !sheet || !navigator.clipboard) {
    return;
  }
  var button = part.querySelector("button");
  var said = part.querySelector("[role=status]");
  var plain = part.querySelector("textarea").value;

  function both() {
    return navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([sheet.innerHTML], { type: "text/html" }),
        "text/plain": new Blob([plain], { type: "text/plain" }),
      }),
    ]);
  }

  function words() {
    return navigator.clipboard.writeText(plain);
  }

  part.hidden = false;
  button.addEventListener("click", function () {
    (window.ClipboardItem ? both().catch(words) : words()).then(
      function () {
        said.textContent = said.dataset.copyDone;
      },
      function () {
        said.textContent = said.dataset.copyFailed;
      }
    );
  });
})();
