"""Registering for a meeting, with an account or by e-mail; seats and the waiting list."""
