"""Reading coverage.

`rows` loads what counting needs in a fixed number of queries; `coverage` and `missing` answer for
one establishment or department at any day, names included where asked; `grid` reads the frozen
monthly grid and nothing else, for those who never see names.
"""
