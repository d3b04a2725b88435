"""Sample data: shows what the screens look like full. Never loaded in production."""
