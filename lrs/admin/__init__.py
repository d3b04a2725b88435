"""The record store in Wagtail's admin. Forms validate; what they change goes through services."""
