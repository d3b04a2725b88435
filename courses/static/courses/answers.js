/* Answers in lessons and quizzes: sent once, kept in this page until the server has them.

   Without this file the same forms are plain forms. A pending answer lives in the memory of the open
   page alone: a shared computer keeps nothing of it. */
(function () {
  "use strict";

  var PAUSES = [2, 4, 8, 15, 30, 60]; /* seconds between attempts; the last one repeats */
  var PATIENCE = 20000; /* milliseconds that one attempt may take */

  function token() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function Answer(form) {
    this.form = form;
    this.data = null; /* what was answered, while the server does not have it */
    this.submitter = null;
    this.sending = false;
    this.isHeld = false; /* it could not be sent, and leaving the page would lose it */
    this.failures = 0;
    this.timer = 0;
    this.status = document.createElement("div");
    this.status.setAttribute("role", "status");
    form.parentNode.insertBefore(this.status, form);
  }

  Answer.prototype.begin = function (submitter) {
    if (this.data) {
      return;
    }
    this.submitter = submitter;
    this.data = new FormData(this.form, submitter);
    /* The answer that was given is the one that is sent again: it cannot be changed meanwhile. */
    this.form.inert = true;
    this.send();
  };

  Answer.prototype.send = function () {
    if (!this.data || this.sending) {
      return;
    }
    var answer = this;
    var abort = new AbortController();
    var limit = window.setTimeout(function () {
      abort.abort();
    }, PATIENCE);
    window.clearTimeout(this.timer);
    this.sending = true;
    /* A sign-in in another tab changed the token. */
    this.data.set("csrfmiddlewaretoken", token() || this.data.get("csrfmiddlewaretoken"));
    window
      .fetch(this.form.action, {
        method: "POST",
        body: new URLSearchParams(this.data),
        headers: { "X-Answer": "1" },
        signal: abort.signal
      })
      .then(function (response) {
        return answer.received(response);
      })
      .catch(function () {
        answer.failed();
      })
      .finally(function () {
        window.clearTimeout(limit);
        answer.sending = false;
      });
  };

  Answer.prototype.received = function (response) {
    var answer = this;
    var says = response.headers.get("X-Answer");
    if (response.status >= 500 || response.status === 429) {
      return this.failed();
    }
    if (says === "sign-in" || says === "again") {
      return this.say("answer-sign-in");
    }
    if (says === "other") {
      this.data = null;
      return this.say("answer-other");
    }
    if (response.ok && (response.headers.get("Content-Type") || "").indexOf("json") > 0) {
      return response.json().then(function (told) {
        answer.data = null;
        go(told.go);
      });
    }
    return this.plainly();
  };

  /* Anything else is a page: the browser asks for it as it would without this script. */
  Answer.prototype.plainly = function () {
    var field = this.form.elements.namedItem("csrfmiddlewaretoken");
    if (field && token()) {
      field.value = token();
    }
    this.data = null;
    this.form.inert = false;
    this.form.dataset.plain = "1";
    this.form.requestSubmit(this.submitter);
  };

  Answer.prototype.failed = function () {
    var answer = this;
    var pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    if (this.failures === 1) {
      this.say("answer-offline");
    }
    this.timer = window.setTimeout(function () {
      answer.send();
    }, pause * 1000);
  };

  Answer.prototype.say = function (name) {
    var answer = this;
    this.isHeld = true;
    this.status.replaceChildren(document.getElementById(name).content.cloneNode(true));
    this.status.scrollIntoView({ block: "nearest" });
    this.status.querySelectorAll("[data-answer-login]").forEach(function (link) {
      link.search = "?next=" + encodeURIComponent(window.location.pathname);
    });
    this.status.querySelectorAll("[data-answer-again]").forEach(function (button) {
      button.addEventListener("click", function () {
        answer.send();
      });
    });
  };

  /* The address may be this page with another fragment, which alone would load nothing. */
  function go(address) {
    var target = new URL(address, window.location.href);
    var isHere =
      target.pathname === window.location.pathname && target.search === window.location.search;
    if (isHere) {
      window.history.replaceState(null, "", target.href);
      window.history.scrollRestoration = "manual"; /* not back to where the button was */
      window.location.reload();
    } else {
      window.location.assign(target.href);
    }
  }

  /* A reload keeps the fragment and forgets the focus, which belongs to what is new. Focusing alone
     would bring the middle of a long text into sight, not its beginning. */
  var told = document.getElementById(window.location.hash.slice(1));
  if (told && told.hasAttribute("tabindex")) {
    told.focus({ preventScroll: true });
    told.scrollIntoView();
  }

  var answers = Array.prototype.map.call(
    document.querySelectorAll("form[data-answer]"),
    function (form) {
      var answer = new Answer(form);
      form.addEventListener("submit", function (event) {
        if (form.dataset.plain) {
          delete form.dataset.plain;
          return;
        }
        event.preventDefault();
        answer.begin(event.submitter);
      });
      return answer;
    }
  );

  function again() {
    answers.forEach(function (answer) {
      answer.send();
    });
  }

  window.addEventListener("online", again);
  /* Back from the tab in which she signed in. */
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      again();
    }
  });
  window.addEventListener("beforeunload", function (event) {
    var isPending = answers.some(function (answer) {
      return answer.data && answer.isHeld;
    });
    if (isPending) {
      event.preventDefault();
    }
  });
})();
