from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.returns"
    label = "returns"
    verbose_name = "统计报送"
