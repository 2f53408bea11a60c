"""The nouns of joining: tables, constraints, states."""

from .numbers import Batch, Number, NumberRequest, Quota

__all__ = ["Batch", "Number", "NumberRequest", "Quota"]
