"""What operations of several systems are sent or say in the same shape."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator


def _code(record: object) -> object:
    return getattr(record, "code", record)


def _number(record: object) -> object:
    return getattr(record, "number", record)


# An organisation, or what else has a code, is told by it; a person or volunteer by their number.
Code = Annotated[str, BeforeValidator(_code)]
Number = Annotated[str, BeforeValidator(_number)]


class ReasonIn(Schema):
    reason: str = Field(max_length=200)
