/* ical.js, the library of Thunderbird's calendar. */
"use strict";

const ICAL = require("ical.js");
const main = require("./steps.js");

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  // Its zones are those of the file, and no others.
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      location: event.location,
      description: event.description,
    };
  });
}

main(() => ({ calendars: (plan) => plan.calendars.map(read) }));
