from django.urls import path

from . import views

app_name = "merging"
PAIR, MERGE = "pairs/<int:kept_id>/<int:duplicate_id>/", "merges/<int:merge_id>/"
urlpatterns = [
    path("", views.candidates, name="candidates"),
    path("pairs/new/", views.pair_new, name="pair_new"),
    path(PAIR, views.pair, name="pair"),
    path(f"{PAIR}apart/", views.pair_apart, name="pair_apart"),
    path("merges/", views.merges, name="merges"),
    path(MERGE, views.merge, name="merge"),
    path(f"{MERGE}approve/", views.merge_approve, name="merge_approve"),
    path(f"{MERGE}refuse/", views.merge_refuse, name="merge_refuse"),
    path(f"{MERGE}withdraw/", views.merge_withdraw, name="merge_withdraw"),
]
