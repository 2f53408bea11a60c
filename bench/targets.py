"""Who has how much to do: 35 measures by 11 streets and 111 communities, and a list as a tree.

It is measured in a process with a data folder of its own, through the pages that people open.
"""

import json
import os
import sys

from bench import _apart
from bench._limits import at_most

STREETS, COMMUNITIES, MEASURES = 11, 111, 35
MILLISECONDS, QUESTIONS, TIMES = 200.0, 15, 15
BAR = f"the heat map of {MEASURES} measures in < {MILLISECONDS:g} ms and <= {QUESTIONS} questions"
LIMITS = (
    at_most("heat map by street, ms", MILLISECONDS),
    at_most("heat map by street, questions", QUESTIONS),
    at_most("heat map of a street's communities, ms", MILLISECONDS),
    at_most("heat map of a street's communities, questions", QUESTIONS),
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("targets")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from bench import _listed_district as district  # noqa: PLC0415

    settings.QINGHE_SECOND_FACTOR = False  # nobody signs in here
    measures = int(os.environ.get("QINGHE_BENCH_MEASURES", MEASURES))
    task_list = district.make(streets=STREETS, communities=COMMUNITIES, measures=measures)
    heat = reverse("targets:heat", args=[task_list.pk])
    whole, street, tree = (
        district.read(address, times=TIMES)
        for address in (heat, f"{heat}?at=S0000", reverse("targets:list", args=[task_list.pk]))
    )
    lights, chart, by_org = (
        district.read(address, times=TIMES)
        for address in (
            reverse("targets:lights"),
            reverse("targets:gantt", args=[task_list.pk]),
            f"{reverse('targets:gantt', args=[task_list.pk])}?by=org",
        )
    )
    answer = {
        "bar": BAR,
        "measures": measures,
        "heat map by street, ms": whole["milliseconds"],
        "heat map by street, questions": whole["questions"],
        "heat map of a street's communities, ms": street["milliseconds"],
        "heat map of a street's communities, questions": street["questions"],
        "list as a tree, ms": tree["milliseconds"],
        "list as a tree, questions": tree["questions"],
        "streets by lists in their lights, ms": lights["milliseconds"],
        "streets by lists in their lights, questions": lights["questions"],
        "list over time, ms": chart["milliseconds"],
        "list over time, questions": chart["questions"],
        "list over time by organisation, ms": by_org["milliseconds"],
        "list over time by organisation, questions": by_org["questions"],
        "bar met": all(
            one["milliseconds"] < MILLISECONDS and one["questions"] <= QUESTIONS
            for one in (whole, street, lights)
        ),
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
