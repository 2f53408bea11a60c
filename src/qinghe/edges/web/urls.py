from django.urls import path

from . import inbox_views, kept, notice_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("search/number/", views.search_number, name="search_number"),
    path("choose/org/", views.org_choices, name="org_choices"),
    path("choose/period/", views.period_choices, name="period_choices"),
    path("healthz", views.healthz, name="healthz"),
    path("inbox/", inbox_views.inbox_page, name="inbox"),
    path("inbox/count/", inbox_views.inbox_count, name="inbox_count"),
    path("notices/", notice_views.notices, name="notices"),
    path("notices/read/", notice_views.notices_read, name="notices_read"),
    path("notices/preferences/", notice_views.preferences, name="preferences"),
    path("notices/<int:notice_id>/", notice_views.notice, name="notice"),
    path("views/", kept.view_save, name="view_save"),
    path("views/<int:view_id>/first/", kept.view_first, name="view_first"),
    path("views/<int:view_id>/delete/", kept.view_delete, name="view_delete"),
    path("drafts/", kept.draft_keep, name="draft_keep"),
    path("drafts/drop/", kept.draft_drop, name="draft_drop"),
    path("attachments/<int:attachment_id>/", kept.attachment, name="attachment"),
    path(
        "attachments/<int:attachment_id>/remove/", kept.attachment_remove, name="attachment_remove"
    ),
    path("attachments/<str:model>/<int:key>/", kept.attach, name="attach"),
]
