from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.appraisals"
    label = "appraisals"
    verbose_name = "评议注册"
