"""Sealed texts: what a stolen database or backup does not tell (S-45)."""
