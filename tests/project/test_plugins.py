"""The rules every run of the tests keeps: see tests/plugins.py."""

import pytest

from tests.plugins import ALLOWED_SKIPS

pytest_plugins = ["pytester"]

ONE_PASSES_TWO_SKIP = """
    import pytest
    def test_runs(): pass
    def test_browser(): pytest.skip("no browser here")
    def test_engine(): pytest.skip("no docker engine here")
    @pytest.mark.xfail(reason="known", strict=True)
    def test_known(): assert False
"""


@pytest.fixture
def run(pytester: pytest.Pytester, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder of its own in which pytest runs with our plugin, without what this run was told about skips."""
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    monkeypatch.delenv(ALLOWED_SKIPS, raising=False)
    return pytester


def test_the_reasons_for_skips_are_counted_above_the_closing_line(run: pytest.Pytester) -> None:
    run.makepyfile(ONE_PASSES_TWO_SKIP)
    result = run.runpytest_subprocess("-p", "tests.plugins")
    result.assert_outcomes(passed=1, skipped=2, xfailed=1)
    assert result.outlines[-3:-1] == ["skipped 1: no browser here", "skipped 1: no docker engine here"]


def test_a_skip_fails_the_run_unless_its_reason_is_allowed(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ALLOWED_SKIPS, "docker,windows")
    run.makepyfile(ONE_PASSES_TWO_SKIP)
    result = run.runpytest_subprocess("-p", "tests.plugins")
    result.assert_outcomes(passed=1, skipped=1, failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["*where every test must run*no browser here"])


def test_a_module_that_skips_itself_is_judged_the_same_way(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ALLOWED_SKIPS, "")
    run.makepyfile("import pytest; pytest.skip('no data here', allow_module_level=True)")
    result = run.runpytest_subprocess("-p", "tests.plugins")
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*where every test must run*no data here"])
