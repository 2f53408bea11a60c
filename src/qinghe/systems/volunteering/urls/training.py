from django.urls import path

from qinghe.systems.volunteering import views

TRAINING, POLICY = "trainings/<int:training_id>/", "policies/<int:policy_id>/"
PATTERNS = [
    path("trainings/", views.trainings, name="trainings"),
    path("trainings/new/", views.training_new, name="training_new"),
    path("trainings/heads/", views.heads_lacking, name="heads_lacking"),
    path(TRAINING, views.training, name="training"),
    path(f"{TRAINING}roster/", views.training_roster, name="training_roster"),
    path(f"{TRAINING}credit/", views.training_credit, name="training_credit"),
    path(f"{TRAINING}cancel/", views.training_cancel, name="training_cancel"),
    path("credits/<int:credit_id>/strike/", views.credit_strike, name="credit_strike"),
    path("policies/", views.policies, name="policies"),
    path("policies/new/", views.policy_new, name="policy_new"),
    path(POLICY, views.policy, name="policy"),
    path(f"{POLICY}end/", views.policy_end, name="policy_end"),
]
