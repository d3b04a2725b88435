/* Videos: chapters that lead to their place, the speed, and telling what was played.
   Without this file a video plays with the browser's own controls, and its transcript is there. */
(function () {
  "use strict";

  if (window.tcvVideos) {
    return; // a page may show several videos
  }
  window.tcvVideos = true;

  var TELL_EVERY = 10000; // milliseconds, while it plays

  function round(seconds) {
    return Math.round(seconds * 1000) / 1000;
  }

  function chapters(box, video) {
    var items = Array.from(box.querySelectorAll("[data-video-chapter]"));
    var buttons = items.map(function (item) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(item.childNodes));
      button.addEventListener("click", function () {
        video.currentTime = Number(item.dataset.videoChapter);
        video.play();
      });
      item.append(button);
      return button;
    });
    video.addEventListener("timeupdate", function () {
      var current = -1;
      items.forEach(function (item, index) {
        if (Number(item.dataset.videoChapter) <= video.currentTime) {
          current = index;
        }
      });
      buttons.forEach(function (button, index) {
        button.setAttribute("aria-current", String(index === current));
      });
    });
  }

  function speed(box, video) {
    var select = box.querySelector("[data-video-speed]");
    box.querySelector("[data-video-controls]").hidden = false;
    select.addEventListener("change", function () {
      video.playbackRate = Number(select.value);
    });
  }

  /* Tells the server what was played. It keeps what it could not send, in this page alone, and
     sends it again; the server decides what counts. The page says whom it was made for, since
     somebody else may have signed in meanwhile. */
  function record(box, video) {
    var page = crypto.randomUUID();
    var count = 0;
    var queue = [];
    var isSending = false;
    var isWanted = false; // somebody asked to send while it was sending
    var isHeld = false; // until somebody signs in
    var isOver = false; // somebody else did
    var segments = [];
    var from = null;
    var last = 0;
    var seekFrom = null;

    function token() {
      var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
      var field = document.querySelector("[name=csrfmiddlewaretoken]");
      return found ? found[1] : field ? field.value : "";
    }

    function send() {
      if (isSending) {
        isWanted = true;
        return;
      }
      if (!queue.length) {
        return;
      }
      isSending = true;
      isWanted = false;
      var batch = queue.slice(0, 50);
      fetch(box.dataset.record, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": token(),
          "X-Made-For": box.dataset.recordFor,
        },
        body: JSON.stringify({ events: batch }),
        keepalive: true,
        redirect: "error",
      })
        .then(function (response) {
          if (response.status >= 500 || response.status === 429) {
            throw new Error("later");
          }
          isHeld = response.status === 401;
          isOver = response.status === 409;
          if (isOver) {
            queue = [];
          } else if (!isHeld) {
            queue.splice(0, batch.length);
          }
          return response.ok || isHeld || isOver ? response.json() : null;
        })
        .then(function (told) {
          var line = box.parentElement.querySelector("[data-video-state]");
          if (told && line) {
            line.textContent = told.text;
          }
        })
        .catch(function () {
          window.setTimeout(send, 5000);
        })
        .finally(function () {
          isSending = false;
          if (isWanted || (queue.length && !isHeld)) {
            window.setTimeout(send, 1000);
          }
        });
    }

    function tell(kind, more) {
      if (isOver) {
        return;
      }
      count += 1;
      var played = segments.slice();
      if (from !== null && last > from) {
        played.push([round(from), round(last)]);
      }
      queue.push(
        Object.assign({ key: page + ":" + count, kind: kind, time: round(last), segments: played }, more)
      );
      send();
    }

    function closeSegment() {
      if (from !== null && last > from) {
        segments.push([round(from), round(last)]);
      }
      from = null;
    }

    video.addEventListener("play", function () {
      last = video.currentTime;
      from = last;
      tell("played");
    });
    video.addEventListener("timeupdate", function () {
      if (!video.seeking && from !== null) {
        last = Math.max(last, video.currentTime);
      }
    });
    video.addEventListener("seeking", function () {
      if (seekFrom === null) {
        seekFrom = last;
        closeSegment();
      }
    });
    video.addEventListener("seeked", function () {
      var start = seekFrom;
      seekFrom = null;
      last = video.currentTime;
      if (!video.paused) {
        from = last;
      }
      if (start !== null && Math.abs(start - last) > 0.5) {
        tell("seeked", { from: round(start) });
      }
    });
    video.addEventListener("pause", function () {
      last = Math.max(last, video.seeking ? last : video.currentTime);
      closeSegment();
      tell("paused");
    });
    window.setInterval(function () {
      if (!video.paused) {
        tell("playing");
      }
    }, TELL_EVERY);
    window.addEventListener("pagehide", function () {
      if (from !== null) {
        closeSegment();
        tell("paused");
      }
    });
    window.addEventListener("online", send);
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) {
        send(); // back from the tab in which she signed in
      }
    });
  }

  /* Tells once that somebody started it, and nothing more. */
  function start(box, video) {
    video.addEventListener(
      "play",
      function () {
        fetch(box.dataset.starts, { method: "POST", keepalive: true }).catch(function () {});
      },
      { once: true }
    );
  }

  document.querySelectorAll("[data-video]").forEach(function (box) {
    var video = box.querySelector("video");
    chapters(box, video);
    speed(box, video);
    if (box.dataset.record) {
      record(box, video);
    }
    if (box.dataset.starts) {
      start(box, video);
    }
  });
})();
