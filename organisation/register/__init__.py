"""Reading the national register of establishments (FINESS).

``formats`` finds out which file it is and turns its lines into records, ``plan`` decides what they
change, ``importer`` applies it in one transaction. Hospitals are formed by legal entity where the
file names it; a site without one has an establishment of its own until a later file names it.
"""
