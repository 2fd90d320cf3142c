"""A composed paper as a file. One module a format; each takes the paper alone and gives bytes."""
