"""«As it was known at»: a frozen month beside the same day as it is known now.

A month is frozen with what was known then. What comes later with an older date (a statement sent
late, somebody entered after the fact, a headcount declared afterwards) changes what one would count
of that day today, and never the month. The managers of an establishment read both, and what changed
since, in numbers. Region and nation read the frozen figures alone: the difference between the two
would be that of a few people.
"""
