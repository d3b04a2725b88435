"""What editors of modules find in the Wagtail admin."""
