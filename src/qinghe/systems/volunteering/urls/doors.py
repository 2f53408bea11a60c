from django.urls import path

from qinghe.systems.volunteering import views

SPOT = "spot/<int:session_id>/"
PATTERNS = [
    path("spot/worker.js", views.spot_worker, name="spot_worker"),
    path(SPOT, views.spot, name="spot"),
    path(f"{SPOT}screen/", views.spot_screen, name="spot_screen"),
    path(f"{SPOT}kept/", views.spot_kept, name="spot_kept"),
    path(f"{SPOT}place/", views.spot_place, name="spot_place"),
    path("mine/card/", views.own_card, name="own_card"),
    path("mine/scan/", views.own_scan, name="own_scan"),
    path("mine/scan/<str:scan_code>/", views.own_scan_code, name="own_scan_code"),
]
