"""The words that any site may start with, as plain data.

Texts are written here as one types them: ordinary spaces before «:;?!» and around quotes, and
`page:/modules/` for the address of a page of the site. The loader puts the non-breaking spaces and
the real links (`starter.typography`, `starter.pages`). An editor's later change always wins: what
exists is never written again.
"""
