"""Spreadsheets in: organisations, members, cadres. Whole file checked, then written in chunks."""

from .orgs import ORGS, OrgRow, resolve_orgs, write_orgs
from .people import (
    CADRES,
    MEMBERS,
    CadreRow,
    MemberRow,
    resolve_cadres,
    resolve_members,
    write_cadres,
    write_members,
)

__all__ = [
    "CADRES",
    "MEMBERS",
    "ORGS",
    "SHEETS",
    "CadreRow",
    "MemberRow",
    "OrgRow",
    "resolve_cadres",
    "resolve_members",
    "resolve_orgs",
    "write_cadres",
    "write_members",
    "write_orgs",
]

SHEETS = (ORGS, MEMBERS, CADRES)
