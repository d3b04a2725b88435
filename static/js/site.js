/* Enhancements only: every page works without this file. */
(function () {
  "use strict";

  /* Buttons that print exist only where a script can run. */
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  /* After a refused form the reader is taken to what is wrong. */
  var invalid = document.querySelector(
    "main form .fr-input-group--error input, main form .fr-select-group--error select"
  );
  if (invalid) {
    invalid.focus();
  }

  /* A form that is being sent cannot be sent twice. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(function () {
      delete form.dataset.sent;
    }, 4000);
  });
})();
