"""A short report over an invented system, and the way it goes."""

from dataclasses import dataclass
from datetime import date

from qinghe.analytics import frozen
from qinghe.analytics.models import Freezing
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Passage, Report
from qinghe.reports.issuing import models, services
from qinghe.reports.issuing.rules import Named
from tests.analytics.ledger import H1, Ledger
from tests.cast import NOW, Cast

SENTENCE = "{period}，全区开展志愿服务{TST-01}人次，服务{TST-02}小时。"
ISSUED_ON = date(2022, 7, 3)


@dataclass
class House:
    """Everyone and everything that a report needs on its way."""

    cast: Cast
    luo: Actor
    ledger: Ledger
    report: Report

    @property
    def named(self) -> Named:
        """Return a drafter who checks, and a second officer who countersigns and signs."""
        return Named(self.cast.lin.person_id, (self.luo.person_id,), self.luo.person_id)

    def freeze(self, reason: str = "") -> Freezing:
        """Close the period."""
        return frozen.freeze(period=H1, by=self.cast.lin, at=NOW, reason=reason)

    def submit(self, report: Report | None = None) -> models.Circulation:
        """Send the report round."""
        return services.submit(
            report=report or self.report, named=self.named, at=NOW, by=self.cast.lin
        )

    def sign(self, circulation: models.Circulation) -> models.Circulation:
        """Let everybody agree."""
        for who in (self.cast.lin, self.luo, self.luo):
            signing = circulation.signings.filter(
                person_id=who.person_id, verdict="", asked_at__isnull=False
            ).first()
            services.agree(signing=signing, words="同意", at=NOW, by=who)
        circulation.refresh_from_db()
        return circulation

    def issue(self, report: Report | None = None, **chosen: object) -> models.Issue:
        """Take a frozen report all the way."""
        return services.issue(
            circulation=self.sign(self.submit(report)),
            at=NOW,
            by=self.cast.lin,
            **{"dated_on": ISSUED_ON, **chosen},
        )

    def issued(self, **chosen: object) -> models.Issue:
        """Freeze and issue the report."""
        self.freeze()
        return self.issue(**chosen)

    def mend(self) -> None:
        """Correct one record, withdraw one and let one come late; count again."""
        self.ledger.services[0]["minutes"] = 110
        del self.ledger.services[1]
        self.ledger.services += [
            {**self.ledger.services[0], "record_id": number, "kind": "巡河"} for number in (8, 9)
        ]
        self.ledger.store().close()

    def corrected(self, issue: models.Issue) -> models.Issue:
        """Correct an issued report all the way."""
        self.mend()
        report = services.correct(issue=issue, reason="横岗补报", at=NOW, by=self.cast.lin)
        self.freeze("横岗补报")
        return self.issue(report)


def written(org: Org, *, by: Actor, sentence: str = SENTENCE) -> Report:
    """Begin a report and leave of its outline a title and one paragraph."""
    report = drafting.begin(org=org, period=H1, at=NOW, by=by)
    paragraph = report.passages.filter(kind=Passage.Kind.OPENING)[0]
    for passage in report.passages.exclude(kind=Passage.Kind.TITLE).exclude(pk=paragraph.pk):
        drafting.remove_passage(passage=passage, at=NOW, by=by)
    drafting.keep_passage(
        passage=paragraph,
        heading="",
        text=sentence.replace("{period}", H1.label),
        lock=paragraph.lock,
        at=NOW,
        by=by,
    )
    return drafting.keep_ending(
        report=report,
        signature=report.signature,
        dated_on=ISSUED_ON,
        contact=report.contact,
        at=NOW,
        by=by,
    )


def told(issue: models.Issue) -> str:
    """Return the words of an issued report."""
    return "\n".join("".join(run["text"] for run in block["runs"]) for block in issue.text)
