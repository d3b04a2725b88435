"""The French State's design system."""

# The manifest storage rewrites the files, so the package's published checksums would not match.
DSFR_USE_INTEGRITY_CHECKSUMS = False
# What is optional says so; the package's next version does the same.
DSFR_MARK_OPTIONAL_FIELDS = True
