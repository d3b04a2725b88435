"""SAML 2.0, on allauth's provider and python3-saml, both made stricter."""
