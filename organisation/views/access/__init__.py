"""Rights on the site: one's own, asking for some, deciding, and giving them in a place."""
