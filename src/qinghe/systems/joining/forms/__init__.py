"""Forms and filters of joining: what is well-formed."""
