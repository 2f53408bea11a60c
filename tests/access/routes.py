"""Every address there is, with the methods that it is visited by."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from .objects import FIXED

PAGE_METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One address: as it is written, its name, the names in it, and its methods."""

    pattern: str
    name: str
    names: tuple[str, ...]
    methods: tuple[str, ...]
    is_operation: bool
    is_excused: bool

    def key(self, name: str, made: Mapping[str, object]) -> str:
        """Return under which key a name of this address is known: with its route, or alone."""
        own = f"{self.name}:{name}"
        return own if own in made or own in FIXED else name

    def leads_to_an_org(self, made: Mapping[str, object]) -> bool:
        """Test if a name in the address belongs to an organisation."""
        return any(self.key(name, made) in made for name in self.names)

    def unknown(self, made: Mapping[str, object]) -> list[str]:
        """Return the names in the address that nobody has said how to make."""
        keys = [self.key(name, made) for name in self.names]
        return [key for key in keys if key not in made and key not in FIXED]

    def url(self, made: Mapping[str, object]) -> str:
        """Return the address of what stands at one place."""
        if not self.name:
            return self.pattern
        known = {**made, **FIXED}
        return reverse(self.name, kwargs={name: known[self.key(name, made)] for name in self.names})


def all_routes() -> list[Route]:
    """Return every address, in order."""
    found = _walk(get_resolver().url_patterns, before="/", space="", names=())
    return sorted(found, key=lambda route: route.pattern)


def _walk(
    patterns: Iterable[URLPattern | URLResolver], *, before: str, space: str, names: tuple[str, ...]
) -> Iterator[Route]:
    for each in patterns:
        written = f"{before}{_written(each)}"
        inside = (*names, *_names(each))
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, before=written, space=inner, names=inside)
        else:
            yield Route(
                pattern=written,
                name=f"{space}{each.name}" if each.name else "",
                names=inside,
                methods=_methods(each),
                is_operation=_is_operation(each),
                is_excused=getattr(each.callback, "csrf_exempt", False),
            )


def _written(each: URLPattern | URLResolver) -> str:
    return re.sub(r"^\^|\$$|\\Z$", "", str(each.pattern))


def _names(each: URLPattern | URLResolver) -> tuple[str, ...]:
    if isinstance(each.pattern, RoutePattern):
        return tuple(each.pattern.converters)
    return tuple(each.pattern.regex.groupindex)


def _is_operation(pattern: URLPattern) -> bool:
    return pattern.lookup_str.startswith("ninja.operation.")


def _methods(pattern: URLPattern) -> tuple[str, ...]:
    if not _is_operation(pattern):
        return PAGE_METHODS
    path_view = inspect.getclosurevars(pattern.callback).nonlocals["self"]
    return tuple(
        method
        for operation in path_view.operations
        if operation.view_func.__name__ == pattern.name
        for method in operation.methods
    )
