from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.meetings"
    label = "meetings"
    verbose_name = "会议与议定事项"
