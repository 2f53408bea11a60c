"""What is shown at the door and on a card (`edges.door`); who may show it, the pages ask."""

from qinghe.edges import door
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.door_codes import MAC_LETTERS, Code
from qinghe.lib.verdicts import Refused

DOOR, CARD = "volunteering_session.code", "volunteering_volunteer.card"
CARD_BEGINS = "QINGHE1"


def code_text(actor: Actor, code: Code) -> str:
    """Return a code as the door's address says it. Raises Refused: key_missing, key_damaged."""
    return door.text_of(code, about=DOOR)


def digits_of(actor: Actor, code: Code) -> str:
    """Return a code as six digits to be typed. Raises Refused: key_missing, key_damaged."""
    return door.digits_of(code, about=DOOR)


def read_code(actor: Actor, text: str) -> Code:
    """Return the code that an address says, if it is one of ours. Raises Refused: bad_code."""
    return door.read(text, about=DOOR)


def code_of_digits(actor: Actor, digits: str, *, session_id: int, kind: str, step: int) -> Code:
    """Return which of the codes that may be on the screen six digits are. Raises Refused: bad_code."""
    return door.of_digits(digits, about=DOOR, session_id=session_id, kind=kind, step=step)


def card_text(actor: Actor, number: str) -> str:
    """Return what the QR of a volunteer's card says. Raises Refused: key_missing, key_damaged."""
    return f"{CARD_BEGINS}.{number}.{door.mac(secrets.blind(number, about=CARD))}"


def number_on_card(actor: Actor, text: str) -> str:
    """Return the number on a card of ours. Raises Refused: bad_card."""
    begins, _, rest = text.partition(".")
    number, _, given = rest.rpartition(".")
    ours = begins == CARD_BEGINS and number and len(given) == MAC_LETTERS
    kept = secrets.blinds(number, about=CARD) if ours else []
    if not any(door.same(door.mac(one), given) for one in kept):
        raise Refused("bad_card", "这不是本平台的志愿者卡，没有登记；请改输卡上的编号。")
    return number
