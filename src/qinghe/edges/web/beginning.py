"""What an empty house asks of whoever comes in first, until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from qinghe.edges import system
from qinghe.edges.system import FirstStep
from qinghe.kernel.access.actors import Actor


@dataclass(frozen=True)
class Shown:
    """A step as the list shows it; one of those that are left comes next."""

    step: FirstStep
    url: str
    done: bool
    next: bool


def steps_for(actor: Actor) -> Sequence[Shown]:
    """Return the first steps that are the actor's to do, in order; none once all are done."""
    offered = (step for installed in system.INSTALLED for step in installed.first_steps)
    asked = [(step, step.done(actor)) for step in sorted(offered, key=lambda step: step.place)]
    mine = [(step, done) for step, done in asked if done is not None]
    left = [step for step, done in mine if not done]
    return [
        Shown(step, reverse(step.url_name), done=done, next=step is left[0])
        for step, done in mine
        if left
    ]
