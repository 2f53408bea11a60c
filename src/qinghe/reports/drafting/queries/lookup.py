"""From tokens to figures: each period computed once, all organisations found in one question."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from qinghe.analytics import catalogue
from qinghe.analytics import figures as analytics
from qinghe.analytics.figures import Figure, Figures, State
from qinghe.analytics.indicators import Indicator, Ratio, Time
from qinghe.kernel.orgs.models import Org
from qinghe.lib import wording
from qinghe.lib.periods import Period
from qinghe.reports.drafting import rules
from qinghe.reports.drafting.rules import differences
from qinghe.reports.drafting.rules.findings import Availability, Known
from qinghe.reports.drafting.rules.tokens import Token
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.blocks import Number
from qinghe.reports.half_year.required import Wanted

FiguresOf = Callable[[Period], Figures]
_BY_STATE = {
    State.COMPLETE: Availability.THERE,
    State.INCOMPLETE: Availability.INCOMPLETE,
    State.PARTIAL: Availability.EARLY,
    State.MISSING: Availability.NO_DATA,
}
_ADVICE = {
    Availability.INCOMPLETE: "还有单位没有报送或没有审核通过，请先催报，或确认后再用。",
    Availability.EARLY: "期间还没有结束，数字还会变。",
    Availability.READING_DIFFERS: "两期的口径版本不同，比较时请说明，或改写这句话。",
    Availability.NO_DATA: "这一期没有数据；请先催报，或改写这句话。",
    Availability.NOT_FED: "还没有系统提供这个数字；请先接入，或改写这句话。",
}


@dataclass(frozen=True)
class Looked:
    """One token with its figure: what is printed, and all that the checker has to know."""

    number: Number
    known: Known


class About(Protocol):
    """What carries texts with tokens: a report, a circular."""

    @property
    def org(self) -> Org:
        """Return whose figures a token names by itself."""
        ...

    @property
    def span(self) -> Period:
        """Return the period of a token that names none."""
        ...


class Lookup:
    """The figures that the tokens of one report name."""

    def __init__(self, *, report: About, texts: Iterable[str], figures_of: FiguresOf) -> None:
        self.report = report
        self.own = report.span
        self._figures_of = figures_of
        self.declared = catalogue.every()  # asked once: definitions are rows
        self._periods: dict[Period, Figures] = {}
        wanted = {token.org for text in texts for token in rules.tokens(text)} - {""}
        self._orgs = {"": report.org}
        if wanted:
            within = Org.objects.filter(code__in=wanted, path__startswith=report.org.path)
            self._orgs |= {org.code: org for org in within}
        self._looked: dict[Token, Looked] = {}

    def figures(self, period: Period) -> Figures:
        """Return the figures of a period, asked for once."""
        if period not in self._periods:
            self._periods[period] = self._figures_of(period)
        return self._periods[period]

    def wanted(self, code: str) -> Wanted | None:
        """Return how an indicator is printed: as the report wants it, or else as it is declared."""
        wanted = blocks.BY_CODE.get(code)
        if wanted is not None or code not in self.declared:
            return wanted
        return _as_declared(self.declared[code])

    def org(self, token: Token) -> Org | None:
        """Return the organisation that a token names, if it is the report's or below it."""
        return self._orgs.get(token.org)

    def base(self, token: Token) -> Period | None:
        """Return the period that a token's figure is compared with, if it is (ADR 0049)."""
        if token.against and self._time(token.code) == Time.ANNUAL:
            return token.span(self.own).same_last_year()
        return token.base(self.own)

    def look(self, token: Token) -> Looked:
        """Return what stands for a token."""
        if token not in self._looked:
            self._looked[token] = self._find(token)
        return self._looked[token]

    def _find(self, token: Token) -> Looked:
        wanted = self.wanted(token.code)
        org, span = self.org(token), token.span(self.own)
        if wanted is None:
            return self._unknown(token, f"没有编号为“{token.code}”的指标，请重新选择。")
        if org is None:
            return self._unknown(token, "只能用本单位和下级的数字；请重新选择组织。", wanted)
        figure = self._figure(token.code, org, span)
        if figure is None:
            state = Availability.NO_DATA if token.code in self.declared else Availability.NOT_FED
            return self._unsaid(wanted, None, state, token)
        if token.against:
            return self._changed(token, wanted, org, figure)
        return self._level(token, wanted, figure)

    def _figure(self, code: str, org: Org, period: Period) -> Figure | None:
        known = self.figures(period)
        if code not in known or org.pk not in known.column(code):
            return None
        return known[code, org.pk]

    def _level(self, token: Token, wanted: Wanted, figure: Figure) -> Looked:
        phrase = token.phrase or wanted.phrase
        text = blocks.said(wanted, figure, phrase=phrase)
        state = _availability(figure)
        if text is None or state is Availability.NO_DATA:
            return self._unsaid(wanted, figure, Availability.NO_DATA, token)
        known = self._known(token, wanted, figure, text=text, state=state)
        return Looked(Number(text, wanted, figure), known)

    def _changed(self, token: Token, wanted: Wanted, org: Org, figure: Figure) -> Looked:
        base = self.base(token)
        then = self._then(token, org, base) if base else None
        if then is None or then.exact is None or figure.exact is None:
            return self._unsaid(wanted, figure, Availability.NO_DATA, token)
        phrase = wording.Phrase.parse(token.phrase) if token.phrase else None
        two = differences.Two(figure.exact, then.exact, figure.unit, figure.decimals)
        said = differences.say_change(two, phrase=phrase)
        state = max(_availability(figure), _availability(then), key=_WORSE.index)
        if state is Availability.THERE and then.version != figure.version:
            state = Availability.READING_DIFFERS
        known = self._known(
            token, wanted, figure, text=said.text, state=state, base=base, exact=said.size
        )
        return Looked(Number(said.text, wanted, figure), known)

    def _then(self, token: Token, org: Org, base: Period) -> Figure | None:
        """Return the figure compared with; of figures as they are now, by any reading that has it."""
        then = self._figure(token.code, org, base)
        if then is not None and then.exact is None and self._figures_of is analytics.cached:
            return analytics.compared(token.code, token.span(self.own), base, org.pk).then
        return then

    def _time(self, code: str) -> str:
        """Return whether an indicator is of a period, of its end, or of the year (G-58)."""
        declared = self.declared.get(code)
        if declared is None:
            return "flow"
        return str(declared.top.time if isinstance(declared, Ratio) else declared.time)

    def _known(
        self,
        token: Token,
        wanted: Wanted,
        figure: Figure,
        *,
        text: str,
        state: Availability,
        base: Period | None = None,
        exact: Decimal | None = None,
    ) -> Known:
        return Known(
            printed=text,
            availability=state,
            period=figure.period,
            label=figure.label,
            unit=figure.unit,
            time=self._time(token.code),
            decimals=figure.decimals,
            phrase=token.phrase or ("" if base else wanted.phrase),
            exact=figure.exact if exact is None else exact,
            base=base,
            advice=_ADVICE.get(state, ""),
        )

    def _unsaid(
        self, wanted: Wanted, figure: Figure | None, state: Availability, token: Token
    ) -> Looked:
        text = blocks.WAITING if state is Availability.NOT_FED else blocks.NO_DATA
        known = Known(
            printed=text,
            availability=state,
            period=token.span(self.own),
            label=wanted.label,
            unit=wanted.unit,
            time=self._time(wanted.code),
            phrase=token.phrase or wanted.phrase,
            advice=_ADVICE[state],
        )
        return Looked(Number(text, wanted, figure), known)

    def _unknown(self, token: Token, advice: str, wanted: Wanted | None = None) -> Looked:
        shown = wanted or Wanted("", token.code, "未知指标", "", "", "", "", "exact")
        known = Known(blocks.UNKNOWN, Availability.UNKNOWN, token.span(self.own), advice=advice)
        return Looked(Number(blocks.UNKNOWN, shown, None), known)


_WORSE = [
    Availability.THERE,
    Availability.READING_DIFFERS,
    Availability.EARLY,
    Availability.INCOMPLETE,
    Availability.NO_DATA,
    Availability.NOT_FED,
    Availability.UNKNOWN,
]


def _as_declared(declared: Indicator | Ratio) -> Wanted:
    share = declared.unit == "%"
    phrase = wording.Phrase(
        wording.Style.PERCENT if share else wording.Style.EXACT, decimals=declared.decimals
    )
    return Wanted(
        figure="",
        code=declared.code,
        label=declared.label,
        unit=declared.unit,
        kind=declared.kind,
        owner="",
        meaning=declared.meaning,
        phrase=str(phrase),
    )


def _availability(figure: Figure) -> Availability:
    if figure.exact is None:
        return Availability.NO_DATA
    return _BY_STATE.get(figure.state, Availability.INCOMPLETE)
