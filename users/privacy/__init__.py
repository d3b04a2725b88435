"""What is kept of people: one registry, from which everything else follows.

Each room says in a module of its own, `kept_data`, what it keeps of whom, why, how long, and how it
is given out and erased. The page in plain French, the export, erasure and the retention periods
read this registry and nothing else; a test holds it against every table and column there is.
"""
