"""Writing meetings: who edits which region's, hours on the clocks of the place, what is checked
before publishing, the calendar of the admin, and what stands in the way of taking one off."""
