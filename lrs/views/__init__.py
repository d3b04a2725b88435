"""The HTTP API of the record store (Part Three): it only translates.

`protocol` is what every resource shares: version, credential, headers, errors as JSON. Not there
yet, and answered with 501 and a message: multipart bodies and attachments, the document resources
(state, profiles), activities, agents, the formats ids and canonical, related_agents and
related_activities, and the alternate request syntax of 1.0.3.
"""
