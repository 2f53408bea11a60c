"""Fifty kinds of text that would run where it is taken for markup, for script or for an address.

Each calls `x9`, which the browser that reads the pages knows (test_markup.py), and none of them may.
"""

import json
from collections.abc import Iterator
from html import escape

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Func, Model, Value
from django.db.models.functions import Concat

from qinghe.kernel.audit.models import Entry

# How they break out of where a text stands: of text, of quotes, of an element, of a comment.
BREAKING_OUT = (
    "<script>x9()</script>",
    "'\"><script>x9()</script>",
    "</script><script>x9()</script>",
    "</title><script>x9()</script>",
    "</textarea><script>x9()</script>",
    "</option></select><img src=x onerror=x9()>",
    "--><script>x9()</script>",
    "]]><script>x9()</script>",
    '" autofocus onfocus="x9()" x="',
    "' autofocus onfocus='x9()' x='",
    " autofocus onfocus=x9() x=>",
    "`-x9()-`<i onclick=x9()>",
)
# What runs by itself once it is an element.
ELEMENTS = (
    "<img src=x onerror=x9()>",
    '"><img src=x onerror="x9()">',
    "<img/src/onerror=x9()>",
    "<img src=x onerror=&#120;9()>",
    '<IMG """><SCRIPT>x9()</SCRIPT>">',
    "<svg onload=x9()>",
    "<svg><script>x9()</script></svg>",
    "<svg><animate onbegin=x9() attributeName=x dur=1s></svg>",
    "<svg><a href='javascript:x9()'><text>x</text></a></svg>",
    "<math><mtext><img src onerror=x9()></mtext></math>",
    "<body onload=x9()>",
    "<input autofocus onfocus=x9()>",
    "<select autofocus onfocus=x9()></select>",
    "<details open ontoggle=x9()></details>",
    "<video src=x onerror=x9()></video>",
    "<marquee onstart=x9()></marquee>",
    "<a href=javascript:x9()>x</a>",
    "<form action=javascript:x9()><button>x</button></form>",
    "<iframe src=javascript:parent.x9()></iframe>",
    "<iframe srcdoc='<script>parent.x9()</script>'></iframe>",
    "<object data=javascript:x9()></object>",
    "<embed src=javascript:x9()>",
    "<base href=//elsewhere.example/>",
    "<link rel=stylesheet href=//elsewhere.example/x9.css>",
    "<meta http-equiv=refresh content='0;url=javascript:x9()'>",
    "<style>@import'//elsewhere.example/x9.css';</style>",
    "<div hx-get=/inbox/ hx-trigger=load hx-vals='js:x9()' hx-on::load=x9()></div>",
)
# What filters of markup are cheated with.
DISGUISED = (
    "<<script>x9()//<</script>",
    "<scr<script>ipt>x9()</scr</script>ipt>",
    '<noscript><p title="</noscript><img src=x onerror=x9()>">',
    "<svg><style><img src=x onerror=x9()></style></svg>",
    "&lt;img src=x onerror=x9()&gt;",
    "&#60;img src=x onerror=x9()&#62;",
)
# What is no markup: it runs where a text becomes part of a script, an address or a template.
OTHERWISE = (
    "\\u003cimg src=x onerror=x9()\\u003e",
    "%3Cimg src=x onerror=x9()%3E",
    "';x9();//",
    '\\";x9();//',
    "${x9()}",
    "{{constructor.constructor('x9()')()}}",
)
ADDRESSES = ("javascript:x9()", "JaVa\tScRiPt:x9()", "data:text/html,<script>parent.x9()</script>")
PAYLOADS = (*BREAKING_OUT, *ELEMENTS, *DISGUISED, *OTHERWISE, *ADDRESSES)
# Escaped or not, the others look alike.
MARKUP = {
    text: (text.encode(), escape(text).encode())
    for text in (*BREAKING_OUT, *ELEMENTS, *DISGUISED)
    if not text.startswith("&")
}
TEXT = models.TextField()
TYPED = "QX"  # what somebody typed carries this mark (objects.py)
# Texts that the code reads: a code, a key, an address.
READ = {"code", "path", "key", "kind", "state", "verb", "model", "number", "nonce", "url", "slug"}


def plant() -> int:
    """End every typed text in a payload wherever the database takes it; return in how many columns.

    The kinds go round by column and row.
    """
    done = 0
    for place, (model, field) in enumerate(_columns()):
        rows = model._base_manager.exclude(**{field.name: ""})
        ended = Concat(F(field.name), _kind(place))
        told = _kind(place, of=ADDRESSES) if isinstance(field, models.URLField) else ended
        try:
            with transaction.atomic():
                done += bool(rows.update(**{field.name: told}))
        except DatabaseError:  # a constraint, or a table that only grows
            continue
    return done + sum(map(_plant_in_lists, _lists()))


def _kind(place: int, *, of: tuple[str, ...] = PAYLOADS) -> Func:
    """Return the payload of a row: another for each row of a column, and each column of a row."""
    turn = Concat(Value("$["), (F("pk") + place) % len(of), Value("]"), output_field=TEXT)
    return Func(Value(json.dumps(of)), turn, function="json_extract", output_field=TEXT)  # SQLite


def _columns() -> Iterator[tuple[type[Model], models.Field]]:
    """Yield every column of the house that holds what somebody may have typed."""
    for model, field in _fields():
        is_text = isinstance(field, models.CharField | models.TextField)
        typed = is_text and not (field.choices or field.unique or field.name in READ)
        if typed and (field.max_length or 99) >= 20:
            yield model, field


def _lists() -> Iterator[tuple[type[Model], models.Field]]:
    """Yield every column that holds texts inside of something; the trail only grows."""
    return (
        (model, field)
        for model, field in _fields()
        if isinstance(field, models.JSONField) and model is not Entry
    )


def _fields() -> Iterator[tuple[type[Model], models.Field]]:
    for model in apps.get_models():
        if model.__module__.startswith("qinghe."):
            for field in model._meta.concrete_fields:
                yield model, field


def _plant_in_lists(column: tuple[type[Model], models.Field]) -> int:
    model, field = column
    done = 0
    for key, kept in model._base_manager.values_list("pk", field.name):
        if (ended := _ended(kept, PAYLOADS[key % len(PAYLOADS)])) == kept:
            continue
        try:
            with transaction.atomic():
                done += model._base_manager.filter(pk=key).update(**{field.name: ended})
        except DatabaseError:
            continue
    return bool(done)


def _ended(kept: object, payload: str) -> object:
    if isinstance(kept, dict):
        return {key: _ended(inner, payload) for key, inner in kept.items()}
    if isinstance(kept, list):
        return [_ended(inner, payload) for inner in kept]
    return f"{kept}{payload}" if isinstance(kept, str) and TYPED in kept else kept
