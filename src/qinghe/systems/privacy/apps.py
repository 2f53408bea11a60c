from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.privacy"
    label = "privacy"
    verbose_name = "个人信息"
