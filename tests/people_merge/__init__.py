"""Two rows of people that turn out to be one, through every room."""
