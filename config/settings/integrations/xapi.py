"""The learning record store."""

from config.env import env

# The base of every activity id and the actors' homePage. It is part of the record: once statements
# are stored it must never change, so it never follows the host or the port.
XAPI_BASE_IRI = env("XAPI_BASE_IRI", default="https://tous-cyber-vigilant.example")

# Origins (with scheme) whose pages may speak to /xapi/ with credentials of their own.
XAPI_CORS_ORIGINS = env.list("XAPI_CORS_ORIGINS", default=[])
