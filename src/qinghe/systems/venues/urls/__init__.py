from . import desk, own

app_name = "venues"
urlpatterns = [*desk.PATTERNS, *own.PATTERNS]
