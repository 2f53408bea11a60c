"""The pages of lists of work."""
