"""«Relancer ces 34 personnes»: a manager has those reminded who are missing, having seen the mail
and whom it does not reach. The mails are composed and sent in the background, as the daily ones
are; this room only says to whom, and remembers that it was asked.
"""
