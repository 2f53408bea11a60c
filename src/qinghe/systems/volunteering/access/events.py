"""What other houses' systems may be told of volunteering; whoever may see it may have it sent."""

from qinghe.edges.hooks.events import Event
from qinghe.systems.volunteering import rules

from .acts import Act

EVENTS = tuple(Event(turn, words, Act.SEE) for turn, words in rules.TURN_WORDS.items())
