"""Sign-in of editors: one door, with a second factor and a lock. Visitors have no account."""
