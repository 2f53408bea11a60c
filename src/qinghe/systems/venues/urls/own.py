from django.urls import path

from qinghe.systems.venues import views

ROOM, BOOKING = "mine/rooms/<int:venue_room_id>/", "mine/bookings/<int:booking_id>/"
SHIFT, SWAP = "mine/shifts/<int:shift_id>/", "mine/swaps/<int:swap_id>/"
PATTERNS = [
    path("mine/", views.own, name="own"),
    path("mine/venues/", views.own_venues, name="own_venues"),
    path("mine/venues/<int:venue_id>/counter/", views.counter, name="counter"),
    path(ROOM, views.own_room, name="own_room"),
    path(f"{ROOM}walk-in/", views.walk_in, name="walk_in"),
    path(f"{BOOKING}cancel/", views.own_booking_cancel, name="own_booking_cancel"),
    path(f"{BOOKING}used/", views.booking_used, name="booking_used"),
    path(f"{BOOKING}no-show/", views.booking_no_show, name="booking_no_show"),
    path(f"{SHIFT}take/", views.own_shift_take, name="own_shift_take"),
    path(f"{SHIFT}on/", views.own_shift_on, name="own_shift_on"),
    path(f"{SHIFT}off/", views.own_shift_off, name="own_shift_off"),
    path(f"{SHIFT}swap/", views.own_shift_swap, name="own_shift_swap"),
    path(f"{SWAP}accept/", views.own_swap_accept, name="own_swap_accept"),
    path(f"{SWAP}refuse/", views.own_swap_refuse, name="own_swap_refuse"),
    path(f"{SWAP}withdraw/", views.own_swap_withdraw, name="own_swap_withdraw"),
    path("public/", views.public, name="public"),
    path("public/<str:venue_code>/rate/", views.rate, name="rate"),
]
