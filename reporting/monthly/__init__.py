"""The board's page by mail at the beginning of a month, for those who asked for it."""
