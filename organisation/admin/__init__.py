"""The organisation in Wagtail's admin. Forms validate; what they change goes through services.

Nothing can be deleted here, not even by a superuser: people, appointments and grants end, and the
register closes establishments.
"""
