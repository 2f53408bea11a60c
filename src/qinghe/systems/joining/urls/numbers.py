from django.urls import path

from qinghe.systems.joining import views

QUOTA = "numbers/quotas/<int:quota_id>/"
NUMBER = "numbers/list/<int:number_id>/"
REQUEST = "numbers/requests/<int:number_request_id>/"
PATTERNS = [
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/batches/", views.number_batches, name="number_batches"),
    path("numbers/batches/new/", views.number_batch_new, name="number_batch_new"),
    path("numbers/hand-down/", views.number_hand, name="number_hand"),
    path("numbers/quotas/", views.quotas, name="quotas"),
    path(QUOTA, views.quota, name="quota"),
    path(f"{QUOTA}take-back/", views.quota_take_back, name="quota_take_back"),
    path(f"{QUOTA}return/", views.quota_return, name="quota_return"),
    path("numbers/list/", views.number_list, name="number_list"),
    path(NUMBER, views.number, name="number"),
    path(f"{NUMBER}void/", views.number_void, name="number_void"),
    path("numbers/requests/", views.number_requests, name="number_requests"),
    path("numbers/requests/new/", views.number_request_new, name="number_request_new"),
    path(REQUEST, views.number_request, name="number_request"),
    path(f"{REQUEST}answer/", views.number_request_answer, name="number_request_answer"),
    path(f"{REQUEST}refuse/", views.number_request_refuse, name="number_request_refuse"),
    path(f"{REQUEST}withdraw/", views.number_request_withdraw, name="number_request_withdraw"),
]
