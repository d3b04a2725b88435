"""The record store in Wagtail's admin, for its operators.

Credentials are made and ended here through services; statements can be read and nothing else.
"""
