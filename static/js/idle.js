/* On a shared computer: a sign of life while somebody reads, a warning in the last minute.

   The server ends the session by itself; this file only tells and asks it. */
(function () {
  "use strict";
  var box = document.querySelector("[data-idle]");
  if (!box) {
    return;
  }
  var WARN = 60; /* seconds before the end */
  var BETWEEN = 60000; /* milliseconds between two signs of life */
  var endsAt = Date.now() + 1000 * Number(box.dataset.idle);
  var lastSign = Date.now();
  var isActive = false;
  var isAsking = false;
  var hasEnded = false;
  var left = box.querySelector("[data-idle-left]");
  var before = null; /* where the focus was */

  function token() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  /* Other tabs keep the same session open: what the server says counts. */
  function ask(isSign) {
    isAsking = true;
    return window
      .fetch(box.dataset.idleState, {
        method: isSign ? "POST" : "GET",
        headers: isSign ? { "X-CSRFToken": token() } : {}
      })
      .then(function (response) {
        return response.json();
      })
      .then(function (told) {
        endsAt = Date.now() + 1000 * (told.left || 0);
      })
      .catch(function () {
        /* No connection: the clock of this page goes on. */
      })
      .finally(function () {
        isAsking = false;
      });
  }

  function show() {
    before = document.activeElement;
    box.hidden = false;
    box.querySelector("[data-idle-stay]").focus();
  }

  function hide() {
    box.hidden = true;
    if (before && before.focus) {
      before.focus();
    }
  }

  function stay() {
    lastSign = Date.now();
    ask(true).then(function () {
      if (endsAt > Date.now()) {
        hide();
      }
    });
  }

  function answersWait() {
    return Array.prototype.some.call(
      document.querySelectorAll("form[data-answer]"),
      function (form) {
        return form.inert || form.querySelector("input:checked, textarea:not(:placeholder-shown)");
      }
    );
  }

  /* Whoever comes next finds no name here; an answer that was begun stays in the page. */
  function end() {
    hasEnded = true;
    if (answersWait()) {
      document.querySelectorAll(".tcv-identity").forEach(function (one) {
        one.remove();
      });
      hide();
      return;
    }
    window.location.replace(box.dataset.idleEnd);
  }

  function tick() {
    var seconds = Math.ceil((endsAt - Date.now()) / 1000);
    if (hasEnded || isAsking) {
      return;
    }
    if (seconds <= 0) {
      ask(false).then(function () {
        if (endsAt <= Date.now()) {
          end();
        }
      });
    } else if (seconds <= WARN && box.hidden) {
      ask(false).then(function () {
        if (endsAt - Date.now() <= 1000 * WARN) {
          show();
        }
      });
    } else if (seconds > WARN && !box.hidden) {
      hide();
    } else if (isActive && box.hidden && Date.now() - lastSign > BETWEEN) {
      isActive = false;
      lastSign = Date.now();
      ask(true);
    }
    left.textContent = String(Math.max(0, seconds));
  }

  ["keydown", "pointerdown", "scroll"].forEach(function (name) {
    document.addEventListener(
      name,
      function () {
        isActive = true;
      },
      { passive: true }
    );
  });
  box.querySelector("[data-idle-stay]").addEventListener("click", stay);
  window.setInterval(tick, 1000);
})();
