"""The ZIP of a kit, for everybody or in a hospital's name: what is in it, and its making."""
