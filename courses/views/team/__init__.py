"""Pages for those who organise a team's training. One subject a file."""
