"""What a place sets itself: «80 % des infirmiers avant le 30 juin», and how far it has come.

Near places follow theirs on the live table. Region and nation follow theirs on cells of the frozen
monthly grid alone, so theirs are of role families, and a hidden cell hides the progress too.
"""
