from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.volunteering"
    label = "volunteering"
    verbose_name = "志愿服务"
