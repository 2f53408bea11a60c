from django.urls import path

from qinghe.systems.privacy import views

app_name = "register"
urlpatterns = [
    path("", views.register, name="begin"),
    path("declined/", views.declined, name="declined"),
    path("phone/", views.phone, name="phone"),
    path("code/", views.code, name="code"),
    path("about/", views.about, name="about"),
    path("orgs/", views.org_choices, name="orgs"),
    path("guardian/", views.guardian, name="guardian"),
    path("guardian/code/", views.guardian_code, name="guardian_code"),
    path("done/", views.done, name="done"),
]
