/* Before the first paint: the theme chosen earlier, so that a dark screen does not flash white. */
(function () {
  "use strict";
  var scheme = "system";
  try {
    scheme = window.localStorage.getItem("scheme") || "system";
  } catch (error) {
    /* Storage may be refused; the system's theme is right then. */
  }
  var dark = scheme === "dark" ||
    (scheme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-fr-theme", dark ? "dark" : "light");
})();
