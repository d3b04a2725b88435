/* Opens the filters beside the gallery where there is room for them; on a phone they stay folded. */
(function () {
  "use strict";

  var filters = document.querySelector("[data-filters]");
  var wide = window.matchMedia("(min-width: 62em)");
  if (!filters) {
    return;
  }
  function follow() {
    filters.open = wide.matches;
  }
  wide.addEventListener("change", follow);
  follow();
})();
