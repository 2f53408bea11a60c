"""Forms and filters of lists of work: what is well-formed."""
