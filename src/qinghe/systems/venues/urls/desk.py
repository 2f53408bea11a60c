from django.urls import path

from qinghe.systems.venues import views

ONE, ROOM = "venues/<int:venue_id>/", "rooms/<int:venue_room_id>/"
SHIFT, BOOKING = "shifts/<int:shift_id>/", "bookings/<int:booking_id>/"
COUNT, RATING = "counts/<int:count_id>/", "ratings/<int:rating_id>/"
PATTERNS = [
    path("", views.board, name="board"),
    path("kinds/new/", views.kind_new, name="kind_new"),
    path("venues/", views.venues, name="venues"),
    path("venues/new/", views.venue_new, name="venue_new"),
    path(ONE, views.venue, name="venue"),
    path(f"{ONE}change/", views.venue_change, name="venue_change"),
    path(f"{ONE}open/", views.venue_open, name="venue_open"),
    path(f"{ONE}suspend/", views.venue_suspend, name="venue_suspend"),
    path(f"{ONE}close/", views.venue_close, name="venue_close"),
    path(f"{ONE}rooms/new/", views.room_new, name="room_new"),
    path(f"{ONE}hours/new/", views.hours_new, name="hours_new"),
    path(f"{ONE}days/new/", views.special_day_new, name="special_day_new"),
    path(f"{ONE}poster/", views.poster, name="poster"),
    path(f"{ONE}roster/", views.roster, name="roster"),
    path(f"{ONE}shifts/new/", views.shifts_new, name="shifts_new"),
    path("days/<int:special_day_id>/drop/", views.special_day_drop, name="special_day_drop"),
    path("hours/", views.schedules, name="schedules"),
    path(ROOM, views.room, name="room"),
    path(f"{ROOM}close/", views.room_close, name="room_close"),
    path(f"{SHIFT}set/", views.shift_set, name="shift_set"),
    path(f"{SHIFT}free/", views.shift_free, name="shift_free"),
    path(f"{SHIFT}cancel/", views.shift_cancel, name="shift_cancel"),
    path("swaps/<int:swap_id>/note/", views.swap_note, name="swap_note"),
    path("bookings/", views.bookings, name="bookings"),
    path(BOOKING, views.booking, name="booking"),
    path(f"{BOOKING}confirm/", views.booking_confirm, name="booking_confirm"),
    path(f"{BOOKING}refuse/", views.booking_refuse, name="booking_refuse"),
    path(f"{BOOKING}take-off/", views.booking_take_off, name="booking_take_off"),
    path("counts/", views.counts, name="counts"),
    path(COUNT, views.count, name="count"),
    path(f"{COUNT}correct/", views.count_correct, name="count_correct"),
    path("ratings/", views.ratings, name="ratings"),
    path(RATING, views.rating, name="rating"),
    path(f"{RATING}show/", views.rating_show, name="rating_show"),
    path(f"{RATING}hide/", views.rating_hide, name="rating_hide"),
]
