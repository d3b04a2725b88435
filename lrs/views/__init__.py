"""The HTTP API of the record store (Part Three): it only translates.

`protocol` is what every resource shares: version, credential, headers, errors as JSON; `alternate`
is the other syntax that 1.0 has for requests. Not there yet, and answered with 501 and a message:
multipart bodies and attachments, the formats ids and canonical, related_agents and
related_activities.
"""
