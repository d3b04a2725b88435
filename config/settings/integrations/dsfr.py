"""The French State's design system."""

# The manifest storage rewrites the files, so the package's published checksums would not match.
DSFR_USE_INTEGRITY_CHECKSUMS = False
# The design system marks what is optional, not what is required. Forms derive from
# `users.forms.SiteForm`, which keeps the package from warning about this setting.
DSFR_MARK_OPTIONAL_FIELDS = True
