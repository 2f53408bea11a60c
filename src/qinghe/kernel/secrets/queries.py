"""Whether sealed texts can be read: for pages and commands that must say so."""

from qinghe.lib import ciphers
from qinghe.lib.verdicts import Refused

from . import fields, keyring, services


def alarm() -> str:
    """Return why sealed texts cannot be read now, or nothing when they can or there are none."""
    try:
        ring = keyring.current()
    except Refused as refused:
        return refused.reason
    if (ring.sealing and ring.indexing) or not fields.any_sealed():
        return ""
    return ciphers.key_missing().reason


def open_some(most: int) -> int:
    """Open the first sealed texts of each column, to see that it can be done; return how many.

    Nobody is shown them. Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    count = 0
    for table in fields.sealed_tables():
        for column in table.columns:
            sealed = table.model._default_manager.filter(**{f"{column.name}__isnull": False})
            for pk, text in sealed.order_by("pk").values_list("pk", column.name)[:most]:
                services.unseal(text, about=f"{table.place(column)}.{pk}")
                count += 1
    return count
