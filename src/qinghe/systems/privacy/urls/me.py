from django.urls import path

from qinghe.systems.privacy import views

app_name = "me"
urlpatterns = [
    path("", views.me, name="home"),
    path("contact/", views.own_contact, name="contact"),
    path("consents/<int:pk>/", views.own_consent, name="consent"),
    path("consents/<int:pk>/agree/", views.agree, name="agree"),
    path("consents/<slug:purpose>/withdraw/", views.take_back, name="withdraw"),
    path("wards/<int:pk>/withdraw/", views.take_back_for_ward, name="withdraw_for_ward"),
    path("copy/<slug:kind>/", views.own_copy, name="copy"),
    path("correct/", views.ask_correction, name="correct"),
    path("erase/", views.ask_erasure, name="erase"),
]
