from django.urls import path

from qinghe.systems.volunteering import views

TEAM, MEMBER = "teams/<int:team_id>/", "teams/members/<int:team_member_id>/"
CHANGE, YEAR = "teams/heads/<int:head_change_id>/", "teams/years/<int:team_confirmation_id>/"
OBJECTION = "teams/objections/<int:team_objection_id>/"
OWN, OWN_MEMBER = "mine/teams/", "mine/teams/members/<int:team_member_id>/"
PATTERNS = [
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.team_new, name="team_new"),
    path(TEAM, views.team, name="team"),
    path(f"{TEAM}approve/", views.team_approve, name="team_approve"),
    path(f"{TEAM}stand/", views.team_stand, name="team_stand"),
    path(f"{TEAM}refuse/", views.team_refuse, name="team_refuse"),
    path(f"{TEAM}withdraw/", views.team_withdraw, name="team_withdraw"),
    path(f"{TEAM}close/", views.team_close, name="team_close"),
    path(f"{TEAM}confirm/", views.team_confirm, name="team_confirm"),
    path(f"{TEAM}suspend/", views.team_suspend, name="team_suspend"),
    path(f"{TEAM}resume/", views.team_resume, name="team_resume"),
    path(f"{TEAM}members/", views.team_members, name="team_members"),
    path(f"{TEAM}invite/", views.member_invite, name="member_invite"),
    path(MEMBER, views.member, name="member"),
    path(f"{MEMBER}let-in/", views.member_let_in, name="member_let_in"),
    path(f"{MEMBER}turn-away/", views.member_turn_away, name="member_turn_away"),
    path(f"{MEMBER}take-out/", views.member_take_out, name="member_take_out"),
    path(f"{MEMBER}appoint/", views.member_appoint, name="member_appoint"),
    path(f"{MEMBER}dismiss/", views.member_dismiss, name="member_dismiss"),
    path(f"{MEMBER}lead/", views.member_lead, name="member_lead"),
    path(f"{CHANGE}approve/", views.head_approve, name="head_approve"),
    path(f"{CHANGE}refuse/", views.head_refuse, name="head_refuse"),
    path(f"{YEAR}accept/", views.confirmation_accept, name="confirmation_accept"),
    path(f"{YEAR}return/", views.confirmation_return, name="confirmation_return"),
    path(OBJECTION, views.team_objection, name="team_objection"),
    path("net/", views.net, name="net"),
    path("net/streets/", views.net_streets, name="net_streets"),
    path("net/board/", views.net_board, name="net_board"),
    path(OWN, views.own_teams, name="own_teams"),
    path(f"{OWN}new/", views.own_team_new, name="own_team_new"),
    path(f"{OWN}<int:team_id>/", views.own_team, name="own_team"),
    path(f"{OWN}<int:team_id>/take-back/", views.own_team_take_back, name="own_team_take_back"),
    path(f"{OWN}<int:team_id>/ask/", views.own_team_ask, name="own_team_ask"),
    path(f"{OWN}<int:team_id>/object/", views.own_team_object, name="own_team_object"),
    path(f"{OWN_MEMBER}accept/", views.own_team_accept, name="own_team_accept"),
    path(f"{OWN_MEMBER}decline/", views.own_team_decline, name="own_team_decline"),
    path(f"{OWN_MEMBER}leave/", views.own_team_leave, name="own_team_leave"),
    path("public/teams/", views.team_notice, name="team_notice"),
]
