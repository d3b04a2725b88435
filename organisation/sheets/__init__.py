"""What the files of HR departments have in common, whatever they list.

`layouts` finds out which column is what, `titles` which title means it, `days` how dates are
written, `roles` what a hospital's own words for our roles mean; somebody confirms all of it on
screen, and it is remembered for the hospital's next file.
"""
