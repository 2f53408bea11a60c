from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("", views.board, name="board"),
    path("orgs/", views.orgs, name="orgs"),
    path("orgs/new/", views.org_new, name="org_new"),
    path("orgs/<int:org_id>/", views.org, name="org"),
    path("orgs/<int:org_id>/change/", views.org_change, name="org_change"),
    path("orgs/<int:org_id>/move/", views.org_move, name="org_move"),
    path("orgs/<int:org_id>/merge/", views.org_merge, name="org_merge"),
    path("orgs/<int:org_id>/close/", views.org_close, name="org_close"),
    path("members/", views.members, name="members"),
    path("members/new/", views.member_new, name="member_new"),
    path("members/<int:membership_id>/", views.member, name="member"),
    path("members/<int:membership_id>/end/", views.member_end, name="member_end"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/contact/", views.person_contact, name="person_contact"),
    path("people/<int:person_id>/show/<slug:field>/", views.person_show, name="person_show"),
    path("people/<int:person_id>/ask/", views.child_access_ask, name="child_access_ask"),
    path("child-access/", views.child_accesses, name="child_accesses"),
    path("child-access/<int:access_id>/", views.child_access, name="child_access"),
    path(
        "child-access/<int:access_id>/approve/",
        views.child_access_approve,
        name="child_access_approve",
    ),
    path(
        "child-access/<int:access_id>/refuse/",
        views.child_access_refuse,
        name="child_access_refuse",
    ),
    path("cadres/", views.cadres, name="cadres"),
    path("cadres/new/", views.cadre_new, name="cadre_new"),
    path("cadres/<int:post_id>/", views.cadre, name="cadre"),
    path("cadres/<int:post_id>/end/", views.cadre_end, name="cadre_end"),
]
