from datetime import UTC, date, datetime, timedelta
from math import log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.evidence import CREDIBILITY_LOG_RATIO, PRIOR, RELIABILITY_WEIGHT, Evidence, Fold, tie_as_of, tie_id, tie_key
from graph.folding import fold
from graph.vocabulary import TIE_KINDS, Presence, Reliability, TieStatus
from tests.graph.builders import a_report

START = date(2026, 1, 1)
KIND = "coordinates_with"  # undirected, sign +1, half-life 365 days

days = st.integers(0, 12).map(lambda number: START + timedelta(days=number))
instants = st.integers(0, 12 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
unit = st.none() | st.floats(0, 1)


@st.composite
def reports(draw: st.DrawFn, report_id: str = "r") -> Evidence:
    since, until = draw(st.none() | days), draw(st.none() | days)
    assume(since is None or until is None or since < until)
    recorded = draw(instants)
    return Evidence(
        report_id=report_id,
        origin=draw(st.sampled_from("abc")),
        reliability=draw(st.sampled_from(Reliability)),
        credibility=draw(st.integers(1, 6)),
        presence=draw(st.sampled_from(Presence)),
        strength=draw(unit),
        trust=draw(unit),
        sign=draw(st.sampled_from([None, -1, 0, 1])),
        valid_from=since,
        valid_to=until,
        observed_on=draw(st.none() | days),
        recorded_at=recorded,
        retracted_at=draw(st.none() | instants.filter(lambda instant: instant > recorded)),
    )


@st.composite
def piles(draw: st.DrawFn, *, least: int = 0) -> list[Evidence]:
    return [draw(reports(f"r{number}")) for number in range(draw(st.integers(least, 5)))]


def folded(*evidence: Evidence, as_of: date = date(2026, 7, 1), known_at: datetime | None = None) -> Fold:
    result = fold(KIND, evidence, as_of=as_of, known_at=known_at)
    assert result is not None
    return result


# The simple case stays simple.


def test_one_bare_report_is_a_full_tie() -> None:
    """From, to and kind alone: an unjudged source leaves existence at the prior, and the tie is present."""
    tie = tie_as_of(folded(a_report(reliability=Reliability.F, credibility=6)), "b", "a", as_of=date(2026, 6, 1))
    assert (tie.from_id, tie.to_id, tie.kind) == ("a", "b", KIND)
    assert (tie.existence, tie.status, tie.sign, tie.reports) == (PRIOR, TieStatus.PRESENT, 1, 1)
    assert (tie.strength, tie.trust) == (None, None)
    assert tie.undated


def test_existence_follows_the_published_formula() -> None:
    """By hand: weight B 0.8 times ln 30, added to the log odds 0 of the prior."""
    odds = 30**0.8
    assert folded(a_report()).confirmed == pytest.approx(odds / (1 + odds))


def test_two_independent_origins_add_their_log_ratios() -> None:
    odds = 30**0.8 * 10**0.6
    pile = [a_report("r1"), a_report("r2", reliability=Reliability.C, credibility=3)]
    assert folded(*pile).confirmed == pytest.approx(odds / (1 + odds))


def test_reports_of_one_origin_count_once_at_the_best_grade() -> None:
    alone = folded(a_report("r1", origin="radio"))
    echoed = folded(
        a_report("r1", origin="radio"), a_report("r2", origin="radio", credibility=4), a_report("r3", origin="radio")
    )
    assert echoed.confirmed == alone.confirmed
    assert echoed.origins == ("radio",)
    assert echoed.reports == 3


def test_the_latest_word_of_an_origin_replaces_its_earlier_one() -> None:
    before = a_report("r1", origin="radio", observed_on=date(2026, 1, 1))
    after = a_report("r2", origin="radio", observed_on=date(2026, 2, 1), presence=Presence.ABSENT)
    assert folded(before, after, as_of=date(2026, 1, 31)).status is TieStatus.PRESENT
    assert folded(before, after, as_of=date(2026, 2, 1)).status is TieStatus.ASSESSED_ABSENT


def test_what_is_said_in_hindsight_counts_only_where_nothing_was_said_by_then() -> None:
    later = a_report("r2", origin="radio", observed_on=date(2026, 3, 1), presence=Presence.ABSENT)
    assert folded(later, as_of=date(2026, 1, 1)).status is TieStatus.ASSESSED_ABSENT
    first = a_report("r1", origin="radio", observed_on=date(2025, 12, 1))
    assert folded(first, later, as_of=date(2026, 1, 1)).status is TieStatus.PRESENT


def test_equal_word_and_counterword_leave_the_prior_and_are_contested() -> None:
    result = folded(a_report("r1"), a_report("r2", presence=Presence.ABSENT))
    assert result.status is TieStatus.CONTESTED
    assert result.confirmed == pytest.approx(PRIOR)


def test_a_tie_assessed_absent_is_less_likely_than_the_prior() -> None:
    result = folded(a_report(presence=Presence.ABSENT))
    assert result.status is TieStatus.ASSESSED_ABSENT
    assert result.confirmed < PRIOR


@pytest.mark.parametrize(
    ("reliability", "credibility"), [(Reliability.F, 1), (Reliability.A, 5), (Reliability.A, 6), (Reliability.F, 6)]
)
def test_what_cannot_be_judged_says_nothing_either_way(reliability: Reliability, credibility: int) -> None:
    for presence in Presence:
        result = folded(a_report(reliability=reliability, credibility=credibility, presence=presence))
        assert result.confirmed == PRIOR


def test_strength_is_the_mean_weighted_by_grade() -> None:
    """By hand: B2 weighs 0.8 ln 30, D3 weighs 0.4 ln 10."""
    heavy, light = 0.8 * log(30), 0.4 * log(10)
    result = folded(
        a_report("r1", strength=0.9), a_report("r2", strength=0.1, reliability=Reliability.D, credibility=3)
    )
    assert result.strength == pytest.approx((0.9 * heavy + 0.1 * light) / (heavy + light))


def test_strength_of_unjudged_reports_is_their_plain_mean() -> None:
    pile = [a_report(f"r{n}", strength=s, reliability=Reliability.F) for n, s in enumerate((0.2, 0.4))]
    assert folded(*pile).strength == pytest.approx(0.3)


def test_the_sign_is_what_most_of_the_weight_speaks_for() -> None:
    against = a_report("r1", sign=-1)
    assert folded(against).sign == -1
    assert folded(against, a_report("r2", sign=1)).sign == 0
    assert folded(against, a_report("r2", reliability=Reliability.F)).sign == -1
    assert folded(against, a_report("r2"), a_report("r3")).sign == 1


def test_absent_reports_do_not_set_the_strength_of_a_contested_tie() -> None:
    result = folded(a_report("r1", strength=0.8), a_report("r2", presence=Presence.ABSENT, strength=0.0))
    assert result.strength == pytest.approx(0.8)


# Windows and the two clocks.


def test_validity_is_half_open() -> None:
    report = a_report(valid_from=date(2026, 1, 10), valid_to=date(2026, 1, 20))
    for day, counts in (
        (date(2026, 1, 9), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 19), True),
        (date(2026, 1, 20), False),
    ):
        assert (fold(KIND, [report], as_of=day) is not None) == counts


def test_known_at_is_inclusive_of_recording_and_exclusive_of_retraction() -> None:
    recorded, retracted = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 2, 12, tzinfo=UTC)
    report = a_report(recorded_at=recorded, retracted_at=retracted)
    moment = timedelta(microseconds=1)
    for known_at, known in (
        (recorded - moment, False),
        (recorded, True),
        (retracted - moment, True),
        (retracted, False),
        (None, False),
    ):
        assert (fold(KIND, [report], as_of=date(2026, 7, 1), known_at=known_at) is not None) == known


@given(piles(least=1), days, st.none() | instants)
def test_a_fold_holds_on_every_day_of_its_window_and_on_no_other(
    pile: list[Evidence], day: date, known_at: datetime | None
) -> None:
    result = fold(KIND, pile, as_of=day, known_at=known_at)
    assume(result is not None)
    assert result is not None
    assert result.holds_from is None or result.holds_from <= day
    assert result.holds_to is None or day < result.holds_to
    for other in (START + timedelta(days=number) for number in range(-3, 16)):
        again = fold(KIND, pile, as_of=other, known_at=known_at)
        within = (result.holds_from is None or result.holds_from <= other) and (
            result.holds_to is None or other < result.holds_to
        )
        if within:
            assert again == result
        elif again is not None:
            assert (again.holds_from, again.holds_to) != (result.holds_from, result.holds_to)


@given(piles(), days, instants)
def test_what_was_known_then_is_what_a_store_would_have_said_then(
    pile: list[Evidence], day: date, known_at: datetime
) -> None:
    """Identity 12: as known at an instant equals everything known, on the reports there were at that instant."""
    then = [
        item
        for item in pile
        if item.recorded_at <= known_at and (item.retracted_at is None or known_at < item.retracted_at)
    ]
    kept = [a_copy_without_retraction(item) for item in then]
    assert fold(KIND, pile, as_of=day, known_at=known_at) == fold(KIND, kept, as_of=day)


def a_copy_without_retraction(item: Evidence) -> Evidence:
    from dataclasses import replace

    return replace(item, retracted_at=None)


@given(piles(), days)
def test_known_now_is_known_at_an_instant_after_everything(pile: list[Evidence], day: date) -> None:
    """Identity 12: as of now equals current."""
    assert fold(KIND, pile, as_of=day) == fold(KIND, pile, as_of=day, known_at=datetime(2027, 1, 1, tzinfo=UTC))


@given(st.data(), piles(), days)
def test_the_order_of_reports_does_not_matter(data: st.DataObject, pile: list[Evidence], day: date) -> None:
    assert fold(KIND, data.draw(st.permutations(pile)), as_of=day) == fold(KIND, pile, as_of=day)


# Ranges.


@given(piles(), days)
def test_every_number_lies_in_its_range(pile: list[Evidence], day: date) -> None:
    result = fold(KIND, pile, as_of=day)
    assume(result is not None)
    assert result is not None
    tie = tie_as_of(result, "a", "b", as_of=day)
    assert 0 < result.confirmed < 1
    assert 0 < tie.existence < 1
    for name in ("strength", "trust"):
        said = [value for item in pile if (value := getattr(item, name)) is not None]
        value = getattr(tie, name)
        if value is not None:
            assert min(said) - 1e-12 <= value <= max(said) + 1e-12
    assert tie.sign in (-1, 0, 1)
    assert 1 <= tie.reports <= len(pile)
    assert tie.first_confirmed <= tie.last_confirmed
    assert set(tie.origins) <= {item.origin for item in pile}


@given(piles(), days)
def test_a_tie_is_contested_exactly_when_origins_contradict_one_another(pile: list[Evidence], day: date) -> None:
    result = fold(KIND, pile, as_of=day)
    assume(result is not None)
    assert result is not None
    alone = [fold(KIND, [i for i in pile if i.origin == origin], as_of=day) for origin in {i.origin for i in pile}]
    verdicts = {part.status for part in alone if part is not None}
    assert (result.status is TieStatus.CONTESTED) == (len(verdicts) > 1)
    if len(verdicts) == 1:
        assert {result.status} == verdicts


@pytest.mark.parametrize("presence", list(Presence))
def test_existence_stays_a_probability_however_many_agree(presence: Presence) -> None:
    """A thousand excellent origins: e^4605 is more than a double holds, and 1 − e^−4605 is 1 to a double."""
    pile = [a_report(f"r{n}", reliability=Reliability.A, credibility=1, presence=presence) for n in range(1000)]
    assert 0 < folded(*pile).confirmed < 1


@given(piles(least=1), days, reports("new"))
def test_one_more_origin_in_favour_never_lowers_existence(pile: list[Evidence], day: date, new: Evidence) -> None:
    from dataclasses import replace

    before = fold(KIND, pile, as_of=day)
    assume(before is not None)
    assert before is not None
    in_favour = replace(new, origin="new", presence=Presence.PRESENT, valid_from=None, valid_to=None, retracted_at=None)
    after = fold(KIND, [*pile, in_favour], as_of=day)
    assert after is not None
    assert after.confirmed >= before.confirmed - 1e-12


# Ageing.


def test_a_half_life_after_confirmation_half_the_belief_above_the_prior_is_left() -> None:
    result = folded(a_report())
    tie = tie_as_of(result, "a", "b", as_of=result.last_confirmed + timedelta(days=365))
    assert tie.existence == pytest.approx(PRIOR + (result.confirmed - PRIOR) / 2)
    assert tie.status is TieStatus.PRESENT


def test_a_tie_is_stale_from_the_day_after_its_half_life() -> None:
    result = folded(a_report())
    for kind in TIE_KINDS.values():
        of_kind = fold(kind.code, [a_report()], as_of=date(2026, 7, 1))
        assert of_kind is not None
        last = result.last_confirmed + timedelta(days=kind.half_life_days)
        assert tie_as_of(of_kind, "a", "b", as_of=last).status is TieStatus.PRESENT
        assert tie_as_of(of_kind, "a", "b", as_of=last + timedelta(days=1)).status is TieStatus.STALE


def test_only_a_present_tie_goes_stale() -> None:
    """An absence grows old too, but it does not turn into a tie; nor does a dispute settle itself."""
    far = date(2040, 1, 1)
    absent = a_report("r2", presence=Presence.ABSENT)
    assert tie_as_of(folded(absent), "a", "b", as_of=far).status is TieStatus.ASSESSED_ABSENT
    assert tie_as_of(folded(a_report("r1"), absent), "a", "b", as_of=far).status is TieStatus.CONTESTED


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.sampled_from(Presence))
def test_age_only_ever_moves_existence_towards_the_prior(one: int, other: int, presence: Presence) -> None:
    result = folded(a_report(presence=presence))
    younger, older = (
        tie_as_of(result, "a", "b", as_of=result.last_confirmed + timedelta(days=age)).existence
        for age in sorted((one, other))
    )
    assert abs(older - PRIOR) <= abs(younger - PRIOR)


def test_a_day_before_confirmation_nothing_has_aged() -> None:
    result = folded(a_report(observed_on=date(2026, 6, 1)))
    assert tie_as_of(result, "a", "b", as_of=date(2026, 1, 1)).existence == result.confirmed


@given(piles(least=1), days)
def test_no_tie_is_confirmed_later_than_the_day_asked_for(pile: list[Evidence], day: date) -> None:
    result = fold(KIND, pile, as_of=day)
    assume(result is not None)
    assert result is not None
    tie = tie_as_of(result, "a", "b", as_of=day)
    assert tie.first_confirmed <= tie.last_confirmed <= day


def test_a_source_that_speaks_in_hindsight_does_not_confirm_what_another_said_by_then() -> None:
    """The later report counts towards existence on 1 May, but on that day the tie was last confirmed in April."""
    by_then = a_report("r1", observed_on=date(2026, 4, 1))
    later = a_report("r2", observed_on=date(2026, 6, 1))
    tie = tie_as_of(folded(by_then, later, as_of=date(2026, 5, 1)), "a", "b", as_of=date(2026, 5, 1))
    assert (tie.first_confirmed, tie.last_confirmed) == (date(2026, 4, 1), date(2026, 4, 1))
    assert tie.reports == 2


def test_a_tie_known_in_hindsight_alone_is_vouched_for_on_the_day_asked_for() -> None:
    day = date(2026, 5, 1)
    tie = tie_as_of(folded(a_report(observed_on=date(2026, 6, 1)), as_of=day), "a", "b", as_of=day)
    assert (tie.first_confirmed, tie.last_confirmed) == (day, day)


# Identity of ties.


@given(st.sampled_from(sorted(TIE_KINDS)), st.text(), st.text())
def test_an_undirected_tie_is_the_same_from_either_end_and_a_directed_one_is_not(
    kind: str, one: str, other: str
) -> None:
    assume(one != other)
    same = tie_id(kind, one, other) == tie_id(kind, other, one)
    assert same == (not TIE_KINDS[kind].directed)
    assert set(tie_key(kind, one, other)) == {one, other}


@given(st.sampled_from(sorted(TIE_KINDS)))
def test_kinds_between_the_same_two_are_different_ties(kind: str) -> None:
    others = {tie_id(code, "a", "b") for code in TIE_KINDS if code != kind}
    assert tie_id(kind, "a", "b") not in others


def test_a_tie_id_is_a_uuid_of_version_8() -> None:
    from uuid import UUID

    parsed = UUID(tie_id(KIND, "a", "b"))
    assert (parsed.version, parsed.variant) == (8, "specified in RFC 4122")


def test_the_grade_tables_cover_every_grade_and_never_speak_against() -> None:
    assert set(RELIABILITY_WEIGHT) == set(Reliability)
    assert sorted(CREDIBILITY_LOG_RATIO) == [1, 2, 3, 4, 5, 6]
    weights, ratios = list(RELIABILITY_WEIGHT.values()), list(CREDIBILITY_LOG_RATIO.values())
    assert weights == sorted(weights, reverse=True)
    assert ratios == sorted(ratios, reverse=True)
    assert min(weights + ratios) == 0


# An origin speaks once, whatever of.


def test_an_echo_does_not_pull_strength_towards_its_origin() -> None:
    alone = folded(a_report("r1", origin="radio", strength=0.9), a_report("r2", strength=0.1))
    echoed = folded(*(a_report(f"r{n}", origin="radio", strength=0.9) for n in (1, 3, 4)), a_report("r2", strength=0.1))
    assert echoed.strength == alone.strength == pytest.approx(0.5)


def test_an_origins_latest_strength_replaces_its_earlier_one() -> None:
    before = a_report("r1", origin="radio", observed_on=date(2025, 1, 1), strength=0.2, trust=0.3)
    after = a_report("r2", origin="radio", observed_on=date(2026, 1, 1), strength=0.9)
    result = folded(before, after)
    assert (result.strength, result.trust) == (0.9, 0.3)
    assert folded(before, after, as_of=date(2025, 6, 1)).strength == 0.2


def test_an_origin_that_changed_its_mind_about_the_sign_is_taken_at_its_latest_word() -> None:
    before = [a_report(f"r{n}", origin="radio", observed_on=date(2025, 1, n), sign=-1) for n in (1, 2, 3)]
    after = a_report("r4", origin="radio", observed_on=date(2026, 1, 1), sign=1)
    assert folded(*before, after).sign == 1
