"""How a hospital appears on the campaign's material: its brand card."""
