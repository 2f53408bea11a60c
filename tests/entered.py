"""What migrations enter, entered again: a test that empties every table takes it away."""

from importlib import import_module

from django.apps import apps

from qinghe.systems.volunteering.models import StarScheme

ENTERED = (  # rows that migrations enter, by which function
    ("volunteering", "0010_enter_the_star_schemes", "enter_schemes"),
    ("volunteering", "0016_enter_the_team_schemes", "enter_schemes"),
    ("volunteering", "0022_courtesy", "enter_terms"),
    ("volunteering", "0025_profiles", "enter_words"),
    ("volunteering", "0027_enter_the_hours_terms", "enter_terms"),
    ("venues", "0005_enter_the_first_kinds", "enter"),
    ("inspections", "0004_enter_the_first_checklist", "enter"),
    ("joining", "0004_joining_terms", "enter_first_terms"),
    ("transfers", "0002_enter_the_terms", "enter_terms"),
    ("appraisals", "0004_enter_the_terms", "enter_terms"),
    ("branches", "0002_enter_the_meeting_terms", "enter_terms"),
    ("branches", "0005_enter_the_grading_terms", "enter_terms"),
    ("pioneers", "0002_enter_the_first_outlines", "enter"),
    ("pioneers", "0005_enter_the_first_badges_and_shares", "enter"),
)


def enter_missing() -> None:
    """Enter the rows again if they are gone."""
    if StarScheme.objects.exists():
        return
    for system, migration, enter in ENTERED:
        module = import_module(f"qinghe.systems.{system}.migrations.{migration}")
        getattr(module, enter)(apps, None)
