"""What visitors send to be kept a while: the guard at the door, the row and its term, waiting mail, the purge."""
