"""Spreadsheets in and out: guarded reading, whole-file validation, loading in chunks."""

from .declarations import Column, Outward, Problem, Resolved, Sheet, Source

__all__ = ["Column", "Outward", "Problem", "Resolved", "Sheet", "Source"]
