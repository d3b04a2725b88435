"""Published vocabularies, one file each; nothing here is coined by this project."""
