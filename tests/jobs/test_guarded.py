"""Bar 27: who takes out more than two hundred people shows first, anew, who they are."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from qinghe.edges.jobs import exports, models, worker
from tests.cast import NOW

from .conftest import client_of, make_people

PASSWORD = "竹林里的三盏旧灯"
WHY = {"purpose": "work", "note": "7月时长公示核对", "receiver": "横岗街道团工委"}
ADDRESS = "/jobs/exports/new/?list=/persons/"


@pytest.fixture
def lin(people):
    client = client_of(people.lin)
    user = User.objects.get(username=f"user{people.lin.person_id}")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    return client


def type_password(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_few_people_are_taken_out_without_the_password(lin):
    make_people(150)

    assert lin.get(ADDRESS).status_code == 200


def test_many_people_ask_for_the_password_and_lead_back(lin):
    make_people(250)

    asked = lin.get(ADDRESS)
    back = lin.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert back.url == ADDRESS
    assert lin.get(ADDRESS).status_code == 200


def test_a_form_sent_without_the_password_enters_nothing(lin):
    make_people(250)

    answer = lin.post(ADDRESS, WHY)

    assert answer.status_code == 302
    assert models.Export.objects.count() == 0


def test_a_wrong_password_leads_nowhere(lin):
    make_people(250)
    lin.get(ADDRESS)

    lin.post(reverse("account_reauthenticate"), {"password": "别的什么话"})

    assert lin.get(ADDRESS).status_code == 302


def test_the_file_too_is_fetched_only_anew(lin, people, second_officer):
    make_people(250)
    type_password(lin)
    lin.post(ADDRESS, WHY)
    exports.approve(export=models.Export.objects.get(), at=NOW, by=second_officer)
    worker.work_off()
    job = models.Job.objects.get()
    later = Client()
    later.force_login(User.objects.get(username=f"user{people.lin.person_id}"))

    before = later.get(f"/jobs/{job.pk}/file/")
    type_password(later)
    after = later.get(f"/jobs/{job.pk}/file/")

    assert before.status_code == 302
    assert b"".join(after.streaming_content).startswith(b"PK")
