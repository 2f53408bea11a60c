from django.urls import path

from qinghe.systems.volunteering import views

SOURCE = "sources/<int:hours_source_id>/"
LIST, ROW = "carried/<int:carried_list_id>/", "carried/rows/<int:carried_row_id>/"
PATTERNS = [
    path("sources/", views.sources, name="sources"),
    path("sources/new/", views.source_new, name="source_new"),
    path(SOURCE, views.source, name="source"),
    path(f"{SOURCE}columns/", views.source_columns, name="source_columns"),
    path(f"{SOURCE}load/", views.source_load, name="source_load"),
    path("carried/", views.carried_lists, name="carried_lists"),
    path(LIST, views.carried_list, name="carried_list"),
    path(f"{LIST}rows/", views.carried_rows, name="carried_rows"),
    path(f"{LIST}confirm/", views.carried_confirm, name="carried_confirm"),
    path(f"{LIST}discard/", views.carried_discard, name="carried_discard"),
    path(f"{LIST}rematch/", views.carried_rematch, name="carried_rematch"),
    path(f"{LIST}agree/", views.carried_agree, name="carried_agree"),
    path(f"{LIST}refuse/", views.carried_refuse, name="carried_refuse"),
    path(ROW, views.carried_row, name="carried_row"),
    path(f"{ROW}choose/", views.carried_choose, name="carried_choose"),
    path(f"{ROW}refuse/", views.carried_row_refuse, name="carried_row_refuse"),
    path(f"{ROW}revoke/", views.carried_row_revoke, name="carried_row_revoke"),
    path("mine/carried/", views.own_carried, name="own_carried"),
    path(
        "mine/carried/<int:carried_hours_id>/dispute/",
        views.own_carried_dispute,
        name="own_carried_dispute",
    ),
]
