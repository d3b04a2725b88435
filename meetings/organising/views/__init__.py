"""The organisers' pages. To those of other regions their meetings do not exist."""
