"""Which organisations are schools."""

from django.db.models import Q

from qinghe.kernel.orgs.kinds import OrgKind, Sector

# A school is its topmost organisation: branches below it hold nothing of their own.
IS_SCHOOL = Q(sector=Sector.SCHOOL) & ~Q(parent__sector=Sector.SCHOOL)
IS_CORPS = Q(kind__in=(OrgKind.STREET, OrgKind.DISTRICT))  # 街道、区少工委 hold for several schools
