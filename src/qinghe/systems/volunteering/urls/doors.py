from django.urls import path

from qinghe.systems.volunteering import views

SPOT, HELD = "spot/<int:session_id>/", "scans/held/<int:held_scan_id>/"
PATTERNS = [
    path("spot/worker.js", views.spot_worker, name="spot_worker"),
    path(SPOT, views.spot, name="spot"),
    path(f"{SPOT}screen/", views.spot_screen, name="spot_screen"),
    path(f"{SPOT}kept/", views.spot_kept, name="spot_kept"),
    path(f"{SPOT}place/", views.spot_place, name="spot_place"),
    path("scans/held/", views.held_scans, name="held_scans"),
    path(HELD, views.held_scan, name="held_scan"),
    path(f"{HELD}count/", views.held_scan_count, name="held_scan_count"),
    path(f"{HELD}set-aside/", views.held_scan_set_aside, name="held_scan_set_aside"),
    path("mine/card/", views.own_card, name="own_card"),
    path("mine/scan/", views.own_scan, name="own_scan"),
    path("mine/scan/<str:scan_code>/", views.own_scan_code, name="own_scan_code"),
]
