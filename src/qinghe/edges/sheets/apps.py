from django.apps import AppConfig


class App(AppConfig):
    """Workbooks that fill the house: what was uploaded, and how far each of them got."""

    name = "qinghe.edges.sheets"
    label = "sheets"
    verbose_name = "批量导入"
