from django.urls import path

from . import views

app_name = "reconciling"
SOURCE = "sources/<int:roll_source_id>/"
RUN = "runs/<int:run_id>/"
DIFFERENCE = "differences/<int:difference_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("sources/", views.sources, name="sources"),
    path("sources/new/", views.source_new, name="source_new"),
    path(SOURCE, views.source, name="source"),
    path(f"{SOURCE}columns/", views.source_columns, name="source_columns"),
    path(f"{SOURCE}upload/", views.source_upload, name="source_upload"),
    path("runs/", views.runs, name="runs"),
    path(RUN, views.run, name="run"),
    path(f"{RUN}discard/", views.run_discard, name="run_discard"),
    path(f"{RUN}rows/", views.run_rows, name="run_rows"),
    path(f"{RUN}differences/", views.run_differences, name="run_differences"),
    path("branches/<int:branch_tally_id>/", views.branch, name="branch"),
    path("differences/", views.differences, name="differences"),
    path(DIFFERENCE, views.difference, name="difference"),
    path(f"{DIFFERENCE}answer/", views.difference_answer, name="difference_answer"),
    path(f"{DIFFERENCE}confirm/", views.difference_confirm, name="difference_confirm"),
    path(f"{DIFFERENCE}return/", views.difference_return, name="difference_return"),
    path(f"{DIFFERENCE}choose/", views.difference_choose, name="difference_choose"),
]
