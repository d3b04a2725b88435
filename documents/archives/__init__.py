"""ZIP archives that are made in the background and kept in the private storage.

`packing` puts files together, `names` gives them names that every system takes; `documents.work`
goes on with an archive until it is finished. The rows derive from `documents.models.Archive`.
"""
