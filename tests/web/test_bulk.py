from qinghe.kernel.orgs.models import Org
from tests.web.test_frame import text


def tick(client, orgs, action="close", path="/orgs/"):
    answer = client.post(path, {"bulk": action, "picked": [org.pk for org in orgs]}, follow=True)
    return text(answer)


def is_open(org):
    return Org.objects.get(pk=org.pk).closed_on is None


def test_each_row_has_a_box_and_the_page_one_for_all(lin):
    page = text(lin.get("/orgs/"))

    assert page.count('name="picked"') == 6
    assert "data-pick-all" in page
    assert 'value="close"' in page


def test_what_is_ticked_is_done_one_by_one_and_what_is_refused_is_said_with_its_reason(lin, people):
    page = tick(lin, [people.huale, people.hongmian, people.bantian])

    assert "2项已办理，1项未办理：" in page
    assert not is_open(people.huale)
    assert not is_open(people.hongmian)
    assert is_open(people.bantian)


def test_all_done_is_said_shortly(lin, people):
    assert "1项已办理。" in tick(lin, [people.huale])


def test_rows_out_of_sight_are_left_alone(chen, people):
    page = tick(chen, [people.xiangjiaotang, people.huale])

    assert "1项已办理，1项未办理：这些记录已不在您的列表里" in page
    assert is_open(people.xiangjiaotang)
    assert not is_open(people.huale)


def test_nothing_ticked_or_an_unknown_action_changes_nothing(lin, people):
    assert "没有勾选任何一项" in tick(lin, [])
    assert "没有任何改动" in tick(lin, [people.huale], action="burn")
    assert is_open(people.huale)


def test_the_boxes_do_not_leave_with_the_workbook(lin):
    why = {"purpose": "work", "note": "核对组织名册", "receiver": "团区委"}
    answer = lin.post(lin.get("/orgs/?export=xlsx").url, why)

    assert b"picked" not in b"".join(answer.streaming_content)
    answer.close()
