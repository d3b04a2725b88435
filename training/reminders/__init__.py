"""Reminders by mail: `stages` says on which days somebody is to be reminded of what, `people` whom
one can write to, `composing` puts the mails together, step by step.
"""
