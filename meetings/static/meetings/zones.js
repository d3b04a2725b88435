/* The hours of a meeting on the reader's own clocks, where those are neither the place's nor those of
   Paris. Both of these stand in the page without this script. */
(function () {
  "use strict";

  function clock(zone, moment) {
    return new Intl.DateTimeFormat("fr-FR", {
      day: "2-digit",
      hour: "2-digit",
      hourCycle: "h23",
      minute: "2-digit",
      month: "2-digit",
      timeZone: zone,
    }).format(moment);
  }

  function words(moment, withDay) {
    var parts = {};
    new Intl.DateTimeFormat("fr-FR", {
      day: "numeric",
      hour: "numeric",
      hourCycle: "h23",
      minute: "2-digit",
      month: "long",
      weekday: "long",
    })
      .formatToParts(moment)
      .forEach(function (part) {
        parts[part.type] = part.value;
      });
    var hour = Number(parts.hour) + "\u00a0h" + (parts.minute === "00" ? "" : "\u00a0" + parts.minute);
    return withDay ? parts.weekday + " " + parts.day + "\u00a0" + parts.month + ", " + hour : hour;
  }

  var own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.querySelectorAll(".tcv-here").forEach(function (span) {
    var starts = new Date(span.dataset.starts);
    var ends = new Date(span.dataset.ends);
    var isKnown = [span.dataset.place, "Europe/Paris"].some(function (zone) {
      return clock(own, starts) === clock(zone, starts);
    });
    if (isKnown) {
      return;
    }
    var isAnotherDay = starts.toDateString() !== ends.toDateString();
    span.textContent = span.dataset.words
      .replace("{start}", words(starts, true))
      .replace("{end}", words(ends, isAnotherDay));
    span.hidden = false;
  });
})();
