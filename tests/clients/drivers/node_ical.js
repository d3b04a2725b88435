/* node-ical: what home automation, dashboards and many web calendars read with. */
"use strict";

const ical = require("node-ical");
const main = require("./steps.js");

function read(text) {
  const events = Object.values(ical.sync.parseICS(text)).filter((one) => one.type === "VEVENT");
  return events.map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    start: event.start.toISOString(),
    end: event.end.toISOString(),
    zone: event.start.tz,
    status: event.status,
    summary: event.summary,
    location: event.location,
    description: event.description,
  }));
}

main(() => ({ calendars: (plan) => plan.calendars.map(read) }));
