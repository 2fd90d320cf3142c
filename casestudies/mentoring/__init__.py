"""The mentoring relay: which cases take requests, the form, what moderators do with them, and the counts of a year."""
