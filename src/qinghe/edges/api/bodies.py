"""What operations of several systems are sent in the same shape."""

from ninja import Field, Schema


class ReasonIn(Schema):
    reason: str = Field(max_length=200)
