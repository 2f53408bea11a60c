"""What the tests of every system's pages, figures and races begin with."""

import threading

from django.db import connection

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused

from .cast import NOW


def sign_in(client, who):
    """Sign an actor of the cast in, and return the client."""
    person = Person.objects.get(pk=who.person_id)
    if known := access_queries.account_of(person):
        client.force_login(known.user)
        return client
    user = access.open_account(person=person, username=f"u{person.pk}", at=NOW, by="the tests")
    client.force_login(user)
    return client


def build_facts():
    """Rebuild all facts and open them."""
    building.build(
        facts=catalogue.FACTS.values(), lineage=orgs.lineage(), at=NOW, folder=store.folder()
    )
    return store.current()


def at_once(*calls):
    """Run calls at the same moment; return what each said: nothing, or the code of a refusal."""
    gate, codes = threading.Barrier(len(calls)), []

    def run(call):
        gate.wait()
        try:
            call()
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(codes)
