"""What drives each client; these run outside the test process."""
