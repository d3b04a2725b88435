"""Who was there: the code at the door, the organiser's list, the paper sheet, the attestation."""
