""" "Communes like mine": what a visitor's words name, how close each case is, and why, in words."""
