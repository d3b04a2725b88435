"""Coverage as JSON, for the dashboards that hospitals, agencies and the nation have already.

It says what the pages say, to the same people: figures, never a name of a person; region and nation
from the frozen grid alone, in which a hidden cell says that it is hidden and nothing else.
"""
