"""What one source reports of a tie, and the tie that its reports are folded into."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from graph.errors import Finding
from graph.field_rules import period_findings, text_findings
from graph.model import Record, now
from graph.vocabulary import CREDIBILITY, TIE_KINDS, Presence, TieStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class TieReport(Record):
    """One source's word on one tie. It never changes; it can be retracted, and another can be recorded.

    ``strength`` and ``trust`` lie in [0, 1]; ``None`` means nothing was said. ``sign`` is +1, 0 or −1; ``None`` takes
    the sign of the kind. ``credibility`` is 1 (confirmed) to 6 (cannot be judged). ``observed_on`` is the day the
    source saw it, by default the day of recording; ``valid_from``/``valid_to`` bound when the tie held, and are open
    where not given.
    """

    from_id: str
    to_id: str
    kind: str
    source_id: str
    presence: Presence = Presence.PRESENT
    strength: float | None = None
    trust: float | None = None
    sign: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    observed_on: date | None = None
    recorded_at: datetime = field(default_factory=now)
    retracted_at: datetime | None = None
    credibility: int = 3
    engagement_id: str | None = None
    note: str = ""

    @property
    def confirmed_on(self) -> date:
        """The day on which the source vouches for what it says."""
        return self.observed_on or self.recorded_at.date()

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        if self.kind not in TIE_KINDS:
            yield Finding("/kind", f"{self.kind[:60]!r} is no tie kind", f"Use one of: {', '.join(TIE_KINDS)}.")
        if self.from_id == self.to_id:
            yield Finding("/to_id", "is the same stakeholder as from_id", "A tie joins two different stakeholders.")
        for name, value in (("strength", self.strength), ("trust", self.trust)):
            if value is not None and not 0 <= value <= 1:
                yield Finding(f"/{name}", f"{value} is not between 0 and 1", "Give 0 to 1, or leave it out.")
        if self.sign not in (None, -1, 0, 1):
            yield Finding("/sign", f"{self.sign} is no sign", "Give 1, 0 or -1, or leave it out.")
        if self.credibility not in CREDIBILITY:
            yield Finding("/credibility", f"{self.credibility} is no grade", "Give 1 (confirmed) to 6 (unjudged).")
        yield from period_findings("/valid_to", self.valid_from, self.valid_to)
        yield from text_findings("/note", self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What the reports on one tie come to, for one viewer, as of one day: never stored by hand, always folded.

    ``existence`` p is the probability in (0, 1) that the tie is there; ``strength`` w and ``trust`` q lie in [0, 1],
    ``None`` where no report says; ``reports`` counts the reports folded and ``origins`` names the independent origins
    that carry the verdict. For an undirected kind ``from_id`` < ``to_id``.
    """

    id: str
    from_id: str
    to_id: str
    kind: str
    existence: float
    strength: float | None
    trust: float | None
    sign: int
    status: TieStatus
    first_confirmed: date
    last_confirmed: date
    reports: int
    origins: tuple[str, ...]
    undated: bool = False
