"""The nouns of joining: tables, constraints, states."""
