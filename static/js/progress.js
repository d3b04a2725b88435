/* Follows background work: fetches this page every other second and takes its progress part, until
   the work is done. Without it the page has a link that does the same once. */
(function () {
  "use strict";

  var PAUSE = 2000;
  var part = document.querySelector("[data-progress]");
  var said = document.querySelector("[data-progress-said]");

  function heading() {
    return part.querySelector("h2").textContent.trim();
  }

  function take(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-progress]");
    if (!fresh) {
      window.location.reload(); /* signed out meanwhile, or no longer allowed: the page says so */
      return;
    }
    var before = heading();
    var hadFocus = part.contains(document.activeElement);
    part.replaceWith(fresh);
    part = fresh;
    if (heading() !== before) {
      said.textContent = heading();
    }
    if (hadFocus) {
      (part.querySelector("a") || part).focus();
    }
    next();
  }

  function next() {
    if (part.hasAttribute("data-unfinished")) {
      window.setTimeout(look, PAUSE);
    }
  }

  function look() {
    fetch(window.location.href, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.text();
      })
      .then(take)
      .catch(next); /* no connection just now: try again */
  }

  next();
})();
