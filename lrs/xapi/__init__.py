"""The xAPI standard as plain Python, without Django.

Clauses are those of xAPI 1.0.3 (Part Two «Data», Part Three «Communication»), which name the rules
of both versions; where IEEE 9274.1.1 (xAPI 2.0) differs, the rule says so.
"""
