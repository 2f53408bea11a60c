"""Run as a program: a server, its replica, and who reads which list from where; prints what was seen.

A program of its own, because settings name their databases before anything else is there.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
from django.db import connections, transaction

from bench import _clusters

ROOT = Path(__file__).parents[1]
LIST, NEW = "/directory/orgs/", "新办的街道"
HAS_ARRIVED = "SELECT pg_last_wal_replay_lsn() >= '{}'::pg_lsn"


def main() -> None:
    """Start a pair, put records in, and ask."""
    with _clusters.cluster(fsync="off") as primary, tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": primary.url(), "QINGHE_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "qinghe.config.settings",
        }  # fmt: skip
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(command, check=True)
        replica = primary.copied()
        os.environ |= {"DATABASE_READ_URL": replica.url(), "QINGHE_WEB": "1"}
        django.setup()
        told = seen(primary, replica)
        connections.close_all()
        sys.stdout.write(json.dumps(told))


def seen(primary: _clusters.Cluster, replica: _clusters.Cluster) -> dict[str, object]:
    """Return what each reader got: whether from the replica, and whether with the new row."""
    from django.conf import settings  # noqa: PLC0415  there only now
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from qinghe.edges.web import lagging  # noqa: PLC0415
    from qinghe.kernel.access.models import Account  # noqa: PLC0415
    from qinghe.kernel.orgs.models import Org  # noqa: PLC0415
    from tests.cast import make_cast, make_org  # noqa: PLC0415

    settings.ALLOWED_HOSTS, settings.QINGHE_SECOND_FACTOR = ["testserver"], False
    cast = make_cast()
    user = User.objects.create_user("linqing")
    Account.objects.create(user=user, person_id=cast.lin.person_id)
    writer, other = Client(), Client()
    for client in (writer, other):
        client.force_login(user)

    def got(client: Client) -> dict[str, bool]:
        with CaptureQueriesContext(connections["read"]) as asked:
            page = client.get(LIST)
        assert page.status_code == 200, page.status_code
        there = any('FROM "orgs_org"' in each["sql"] for each in asked.captured_queries)
        return {"from the replica": there, "new": NEW in page.content.decode()}

    def arrive() -> None:
        stands = primary.ask("SELECT pg_current_wal_insert_lsn()")[0][0]
        while not replica.ask(HAS_ARRIVED.format(stands))[0][0]:
            time.sleep(0.02)

    arrive()
    told: dict[str, object] = {"at first": got(writer)}
    replica.ask("SELECT pg_wal_replay_pause()")
    make_org(
        "XB", NEW, kind="league_committee", level="unit", parent=cast.henggang, sector="school"
    )
    writer.post(LIST)  # refused here, as it is a list; what matters is that it is no look
    told["who wrote"] = got(writer)
    told["another"] = got(other)
    replica.ask("SELECT pg_wal_replay_resume()")
    arrive()
    told["who wrote, once it arrived"] = got(writer)
    with transaction.atomic():
        told["in a transaction"] = got(other)
    row = Org.objects.using("read").get(name=NEW)
    row.name = f"{NEW}改"
    row.save()
    told["a row of the replica is saved where writes go"] = Org.objects.get(pk=row.pk).name
    other.cookies[lagging.COOKIE] = "'; DROP TABLE x"
    told["a cookie that is none"] = got(other)
    del other.cookies[lagging.COOKIE]
    replica.stop()
    told["the replica is dead"] = got(other)
    replica.start()
    lagging._Rest.until = 0.0
    primary.kill()  # its replica stands alone, and looks up to date
    told["may read of a replica without its primary"] = lagging._may(_look())
    replica.promote()
    told["may read of one that was promoted"] = lagging._may(_look())
    return told


def _look():
    from django.test import RequestFactory  # noqa: PLC0415

    return RequestFactory().get(LIST)


if __name__ == "__main__":
    main()
