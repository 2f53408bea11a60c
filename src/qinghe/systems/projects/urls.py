from django.urls import path

from . import views

app_name = "projects"
PROJECT, PART = "<int:joint_project_id>/", "parts/<int:project_part_id>/"
EVENT, MILESTONE = "events/<int:project_event_id>/", "milestones/<int:project_milestone_id>/"
urlpatterns = [
    path("", views.projects, name="projects"),
    path("board/", views.board, name="board"),
    path("new/", views.project_new, name="project_new"),
    path("gantt/", views.gantt_all, name="gantt_all"),
    path("calendar/", views.calendar, name="calendar"),
    path(PROJECT, views.project, name="project"),
    path(f"{PROJECT}change/", views.project_change, name="project_change"),
    path(f"{PROJECT}start/", views.project_start, name="project_start"),
    path(f"{PROJECT}extend/", views.project_extend, name="project_extend"),
    path(f"{PROJECT}close/", views.project_close, name="project_close"),
    path(f"{PROJECT}cancel/", views.project_cancel, name="project_cancel"),
    path(f"{PROJECT}gantt/", views.gantt, name="gantt"),
    path(f"{PROJECT}report/", views.report, name="report"),
    path(f"{PROJECT}parts/new/", views.part_new, name="part_new"),
    path(f"{PROJECT}means/new/", views.means_new, name="means_new"),
    path(f"{PROJECT}milestones/new/", views.milestone_new, name="milestone_new"),
    path(f"{PROJECT}events/new/", views.event_new, name="event_new"),
    path(PART, views.part, name="part"),
    path(f"{PART}take/", views.part_take, name="part_take"),
    path(f"{PART}decline/", views.part_decline, name="part_decline"),
    path(f"{PART}drop/", views.part_drop, name="part_drop"),
    path(f"{PART}submit/", views.part_submit, name="part_submit"),
    path(f"{PART}accept/", views.part_accept, name="part_accept"),
    path(f"{PART}back/", views.part_back, name="part_back"),
    path(f"{PART}allot/", views.allot, name="allot"),
    path(EVENT, views.event, name="event"),
    path(f"{EVENT}cancel/", views.event_cancel, name="event_cancel"),
    path(f"{MILESTONE}reach/", views.milestone_reach, name="milestone_reach"),
    path(f"{MILESTONE}drop/", views.milestone_drop, name="milestone_drop"),
]
