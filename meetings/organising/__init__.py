"""The organisers' space: who comes, what they are told, the sheet, cancelling, series."""
