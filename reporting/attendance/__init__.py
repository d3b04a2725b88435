"""Who takes part in the regional meetings, by region, family of establishments and role family.

Managers of an establishment or department read it live and by name (`named`). Region and nation
read what is published with each frozen month, and nothing else. **The form of what is published**,
and why no group of one to four people can be read out of it, together with any other table of it:

* Three one-dimensional tables of the same presences (region of the meeting, family of the
  establishment, role family), one of how they are known (observed, declared), and one of those who
  had registered and did not come, by region. No table crosses two of them.
* A presence is one person at one meeting. It stands in one month alone, that of the meeting's
  day, and a frozen month never changes. So the year is the plain sum of its months, and the
  difference between two months' years is a month that is published anyway. What becomes known later
  is not counted.
* In a table, presences with exactly the same rows are a **block** (who works in a CHU and in an
  EHPAD stands in the block of both, which is none of «CHU» alone). A block of fewer than five
  people is not told apart: it goes into «Autres, sans détail», and with it the smallest of the
  other blocks, or all that are equally small. (Without company, rows of four and four would be the
  only ones that make eight.) Hence every block that a figure is made of has five people or none,
  and so has every sum and difference of the rows of a table and its total: «once a row» for
  somebody with two appointments, «once a total», and the difference is a block of five or more.
* All tables but the last have the same total, so two of them tell of each other what their margins
  imply: that rows A and B have at least A + B - total in common. This is exact only where one of
  them is the whole, and then the common part is the other, five or more.
* Neither an empty row nor one in «Autres» is printed, so nobody sees which of them is empty. A
  reader who knows the rule, and which regions met, may bound a small row; she cannot compute it,
  nor tell which of those without detail it is (`tests/reporting/attendance/test_curious.py` tries
  every world).
* A month of fewer than five people in all is not published: its meetings are counted with those of
  the next month. Fewer than five who had registered and did not come are not shown.

What is hidden is not stored: the tables hold published rows alone, screens and files read them.
"""
