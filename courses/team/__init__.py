"""Training a team: places one is in charge of, team sessions, names to tick.

Views are in `courses.views.team`; what is declared goes through `training.services`.
"""
