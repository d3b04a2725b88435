/* A preview that follows the form. Without this file a button shows it. */
(function () {
  "use strict";

  var PAUSE = 500;
  var form = document.querySelector("form[data-live]");
  if (!form) {
    return;
  }
  var image = form.querySelector("[data-live-image]");
  var status = form.querySelector("[data-live-status]");
  var texts = document.getElementById("live-texts");
  var said = texts ? texts.dataset : {};
  var pending = null;
  var asked = null;

  form.querySelectorAll("[data-live-hide]").forEach(function (element) {
    element.hidden = true;
  });
  status.textContent = "";

  function field(name) {
    var found = form.elements.namedItem(name);
    return found && found.length && !found.tagName ? found[0] : found;
  }

  function clearErrors() {
    form.querySelectorAll("[data-live-error]").forEach(function (message) {
      var input = field(message.dataset.liveError);
      input.removeAttribute("aria-invalid");
      input.setAttribute(
        "aria-describedby",
        (input.getAttribute("aria-describedby") || "").replace(message.id, "").trim()
      );
      input.parentNode.classList.remove("fr-input-group--error");
      message.remove();
    });
  }

  function showError(name, text) {
    var input = field(name);
    if (!input || input.type === "hidden") {
      status.textContent = text;
      return;
    }
    var message = document.createElement("p");
    message.className = "fr-message fr-message--error";
    message.id = "live-error-" + name;
    message.dataset.liveError = name;
    message.textContent = text;
    input.after(message);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute(
      "aria-describedby",
      ((input.getAttribute("aria-describedby") || "") + " " + message.id).trim()
    );
    input.parentNode.classList.add("fr-input-group--error");
  }

  function show(blob) {
    var reader = new FileReader();
    reader.addEventListener("load", function () {
      image.src = reader.result;
      status.textContent = said.done || "";
    });
    reader.readAsDataURL(blob);
  }

  function refresh() {
    if (asked) {
      asked.abort();
    }
    asked = new AbortController();
    var mine = asked;
    form.setAttribute("data-live-busy", "");
    window
      .fetch(form.dataset.live, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        signal: mine.signal,
      })
      .then(function (answer) {
        clearErrors();
        if (answer.ok) {
          return answer.blob().then(show);
        }
        if (answer.status !== 422) {
          throw new Error("answered " + answer.status);
        }
        return answer.json().then(function (refused) {
          status.textContent = said.refused || "";
          Object.keys(refused.errors).forEach(function (name) {
            showError(name, refused.errors[name].join(" "));
          });
        });
      })
      .catch(function (error) {
        if (error.name !== "AbortError") {
          status.textContent = said.failed || "";
        }
      })
      .finally(function () {
        if (mine === asked) {
          form.removeAttribute("data-live-busy");
        }
      });
  }

  function soon() {
    window.clearTimeout(pending);
    pending = window.setTimeout(refresh, PAUSE);
  }

  /* What is saved may not fit any more: then ask what is wrong, and say it. */
  if (image.complete && !image.naturalWidth) {
    refresh();
  }
  image.addEventListener("error", refresh);
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);

  /* How many signs are left, for those who see it; the limit itself is in the hint. */
  form.querySelectorAll("[data-counter]").forEach(function (input) {
    var counter = document.createElement("span");
    counter.className = "tcv-counter";
    counter.setAttribute("aria-hidden", "true");
    input.after(counter);
    function count() {
      counter.textContent = input.value.length + " / " + input.maxLength;
    }
    input.addEventListener("input", count);
    count();
  });

  /* A colour is typed, or picked. */
  form.querySelectorAll("[data-colour]").forEach(function (place) {
    var typed = place.querySelector("input");
    var picker = document.createElement("input");
    picker.type = "color";
    picker.className = "tcv-colour__picker";
    picker.setAttribute("aria-label", said.pick || "");
    function follow() {
      if (/^#[0-9a-fA-F]{6}$/.test(typed.value)) {
        picker.value = typed.value.toLowerCase();
      }
    }
    typed.addEventListener("input", follow);
    picker.addEventListener("input", function () {
      typed.value = picker.value;
    });
    place.append(picker);
    follow();
  });

  /* The button says the format that it gives. */
  var format = form.querySelector("[data-format]");
  var button = form.querySelector("[data-format-button]");
  if (format && button) {
    format.addEventListener("change", function () {
      var label = format.options[format.selectedIndex].text; // «A4 – 210 × 297 mm, PDF»
      var name = label.split(" – ")[0];
      var kind = label.split(", ").pop();
      button.textContent = button.dataset.formatButton.replace(
        "%s",
        kind === "PDF" ? name : name + " " + kind
      );
    });
  }
})();
