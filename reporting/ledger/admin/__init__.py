"""The operators' page: whether the figures that stand ready are right."""
