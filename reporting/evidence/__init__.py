"""«Dossier de preuve»: what a certification auditor takes away, and can have verified.

A file is a **record**: its content is one canonical JSON text, issued once and never changed, whose
SHA-256 stands on the paper (`content`, `issuing`). The paper is drawn from the record alone
(`paper`), so the same record gives the same bytes as long as the drawing program is the same; the
checksum of each edition that was handed out is kept, so that an older paper is still known as ours
(`verifying`). Groups under five are hidden as in the monthly grid: the paper leaves the house.
"""
