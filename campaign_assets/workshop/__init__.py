"""Where a hospital makes the campaign's drawings its own."""
