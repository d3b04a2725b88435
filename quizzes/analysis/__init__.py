"""Item analysis: which questions are too hard, too easy, or sort learners wrongly.

The database adds up, `figures` turns sums into figures, `selectors` reads them in a fixed number of
queries. Only the answers of finished attempts count. Nobody is named, and nothing is shown of fewer
than five answers.
"""
