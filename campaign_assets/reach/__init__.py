"""What becomes of the assets: files taken away, films played, codes on walls followed.

Each is a stored row and a statement about an establishment or an anonymous visitor, never a person.
"""
