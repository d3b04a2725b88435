"""At the door, on the organiser's list, and the paper that says so."""
