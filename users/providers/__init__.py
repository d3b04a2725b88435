"""Identity providers of others, by OpenID Connect: which there are, and whom they name."""
