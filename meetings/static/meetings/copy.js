/* «Copier l’adresse»: what stands in the field beside the button. Without this script one selects it. */
(function () {
  "use strict";

  if (!navigator.clipboard) {
    return;
  }
  document.querySelectorAll("[data-copy-field]").forEach(function (button) {
    var field = document.getElementById(button.dataset.copyField);
    var said = document.getElementById(button.dataset.copyField + "-dit");
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(
        function () {
          said.textContent = button.dataset.copyDone;
        },
        function () {
          said.textContent = button.dataset.copyFailed;
          field.select();
        }
      );
    });
  });
})();
