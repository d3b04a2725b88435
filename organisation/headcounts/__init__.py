"""Declared headcounts from a file: read, planned, shown, applied in one transaction, undone.

`numbers` reads a number of people, `columns` says which columns there are, `reading` makes lines,
`plan` says what they would change, `flow` is what somebody does step by step; `selectors` tell the
gap between what is declared and who is known. What files of HR have in common is in `sheets`.
"""
