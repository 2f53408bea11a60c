import re

from qinghe.edges.web.models import SavedView
from tests.web.test_frame import text


def save(client, query="kind=street&sort=-code", name="街道", **more):
    return client.post("/views/", {"path": "/orgs/", "query": query, "name": name, **more})


def test_a_saved_view_is_a_tab_with_its_filter_and_order(lin):
    answer = save(lin, query="sort=-code&page=2&kind=street&name=&org=440307")

    assert answer.url == "/orgs/?kind=street&sort=-code"
    page = text(lin.get(answer.url))
    assert re.search(
        r'href="/orgs/\?kind=street&amp;sort=-code" aria-current="page">街道</a>', page
    )


def test_a_list_offers_to_save_only_what_is_filtered_or_sorted(lin):
    assert "保存当前视图" not in text(lin.get("/orgs/"))
    assert "保存当前视图" in text(lin.get("/orgs/?kind=street"))


def test_the_default_view_is_shown_first_and_the_whole_list_stays_a_click_away(lin):
    save(lin, first="on")

    assert lin.get("/orgs/").url == "/orgs/?kind=street&sort=-code"
    assert lin.get("/orgs/?org=440307017").url == "/orgs/?kind=street&sort=-code&org=440307017"
    assert "红棉社区</a>" in text(lin.get("/orgs/?view=all"))


def test_there_is_one_default_and_it_can_be_taken_back(lin):
    save(lin, first="on")
    save(lin, query="kind=community", name="社区", first="on")

    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == [
        "社区"
    ]
    lin.post(f"/views/{SavedView.objects.get(name='社区').pk}/first/")
    assert lin.get("/orgs/").status_code == 200


def test_a_name_once_more_replaces_what_it_stood_for(lin):
    save(lin)
    save(lin, query="kind=community")

    assert SavedView.objects.get().query == "kind=community"


def test_what_cannot_be_saved_is_said(lin):
    for wrong in ({"name": ""}, {"name": "字" * 21}, {"query": "page=2"}):
        answer = save(lin, **wrong)

        assert "没有保存" in text(lin.get(answer.url))
    assert SavedView.objects.count() == 0


def test_views_belong_to_who_saved_them(lin, chen):
    save(lin)
    view = SavedView.objects.get()

    assert "街道</a>" not in text(chen.get("/orgs/?kind=community"))
    assert chen.post(f"/views/{view.pk}/delete/").status_code == 404
    assert lin.post(f"/views/{view.pk}/delete/").url == "/orgs/?view=all"
    assert SavedView.objects.count() == 0


def test_a_view_never_leads_to_another_host(lin):
    answer = lin.post("/views/", {"path": "//x.cn/", "query": "a=1", "name": "外"})

    assert answer.url.startswith("/?")
