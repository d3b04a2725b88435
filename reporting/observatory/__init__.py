"""The observatory: an establishment beside its family, its region and its size; families, sizes and
regions beside each other.

**What is compared.** One cell of the monthly grid (a role family or all, a training or all) in
every place. Of a region, a family or a size the grid's own cell is shown. Of many establishments
the median and the quartiles of their *published* rates are shown, with how many are published of
how many there are; under five, nothing.

**Why this gives no hidden cell away.** Everything here is a function of (a) the cells of the grid
that are published, (b) which cells are not, and (c) the roll: how many establishments there are, in
which family, region and size. The pattern of the grid is decided (`reporting.suppression`) so that
somebody who holds (a), (b) and (c) whole, for the nation, cannot compute a hidden cell; and what is
computed from them alone tells her nothing that she could not compute herself. A hidden cell is left
out before anything is counted, so its figures cannot move a median, a quartile or a drawing: a test
changes them and compares the pages.

It would be otherwise if a median were taken over all establishments, hidden ones among them: it
would stand between two rates, and a reader who knows the others could tell on which side the hidden
one lies. Nor is a rate of «the others», or of a family within a region, computed: it would be a new
sum, with which the grid's pattern was not decided.

An establishment's own managers see their own rate even where it is hidden from others. It is drawn
beside the distribution and never enters it. Their page shows them no total of the region or the
family, so there is nothing to take their own figures off.

Smallest and largest are not shown: they would be one establishment's figure, and who reads this for
her own house was not given the right to read the others one by one.
"""
