"""Figures of each establishment that stand ready, so that reading them counts nobody.

For each **house** there are **cells** (role, role family, department or the whole house, by
training), which are its figures on the day `counted_on`, and **steps**, the changes to come with
their days: appointments that end, delays that run out, completions that expire. Cells and the
steps up to a day are the figures of that day, so no job has to run to make a figure right.

Whoever changes something of a person only leaves a **change** with her key, in the same
transaction: one row, whatever the levels, and no two wait for each other. The **fold** takes the
changes up in the background: from what was **counted** of a person, and what is known of her now,
it posts the difference. A reader adds the difference of the people whose change waits still, so
that she reads no old figure. What changes the rules marks the houses concerned as stale; they are
counted anew in the background, and until then, and for days gone by, readers count people
(`reporting.selectors.coverage`), which gives the same.
"""
