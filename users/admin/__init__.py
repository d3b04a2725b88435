"""What the rooms' screens in Wagtail's admin share: who may, and writing through services."""
