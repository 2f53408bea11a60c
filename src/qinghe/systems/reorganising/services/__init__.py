"""What people do with plans to reorganise: one function each."""

from .deciding import approve_plan, carry_out_due, refuse_plan, submit_plan, withdraw_plan
from .drafting import (
    NewPlan,
    NewStep,
    ReadyStep,
    add_many,
    add_steps,
    change_plan,
    copy_plan,
    draw_up,
    place_step,
    remove_step,
)
from .foreseeing import check_fits, preview_plan

__all__ = [
    "NewPlan",
    "NewStep",
    "ReadyStep",
    "add_many",
    "add_steps",
    "approve_plan",
    "carry_out_due",
    "change_plan",
    "check_fits",
    "copy_plan",
    "draw_up",
    "place_step",
    "preview_plan",
    "refuse_plan",
    "remove_step",
    "submit_plan",
    "withdraw_plan",
]
