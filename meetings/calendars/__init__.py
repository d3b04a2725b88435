"""Meetings in people's calendars: files and feeds (RFC 5545), and what search engines read."""
