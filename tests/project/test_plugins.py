"""The rules of every test run: see tests/plugins.py."""

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
    """A separate folder in which pytest runs with our plugin, without this run's setting about skips."""
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


def test_the_closing_lines_say_how_many_tests_used_which_neo4j(run: pytest.Pytester) -> None:
    """Skipped tests, tests that fail before they run and tests without the fixture do not count."""
    run.makepyfile("""
        import pytest
        from tests.plugins import SERVER
        @pytest.fixture(scope="session")
        def neo4j_connection(request): request.config.stash[SERVER] = "Neo4j 1.2.3 community (local)"
        @pytest.fixture
        def broken(): raise LookupError
        def test_one(neo4j_connection): pass
        def test_two(neo4j_connection): assert False
        def test_three(neo4j_connection): pytest.skip("no reason")
        def test_four(neo4j_connection, broken): pass
        def test_five(): pass
    """)
    result = run.runpytest_subprocess("-p", "tests.plugins")
    result.assert_outcomes(passed=2, failed=1, skipped=1, errors=1)
    assert result.outlines[-3:-1] == ["2 tests used Neo4j 1.2.3 community (local)", "skipped 1: no reason"]


def test_a_run_without_neo4j_does_not_mention_one(run: pytest.Pytester) -> None:
    run.makepyfile(ONE_PASSES_TWO_SKIP)
    assert "Neo4j" not in run.runpytest_subprocess("-p", "tests.plugins").stdout.str()


def test_a_run_can_be_limited_to_the_tests_that_use_a_neo4j(run: pytest.Pytester) -> None:
    run.makepyfile("""
        import pytest
        @pytest.fixture
        def neo4j_connection(): pass
        @pytest.fixture
        def store(neo4j_connection): pass
        @pytest.fixture
        def jar_cache(): pass
        def test_shared(store): pass
        def test_own(jar_cache): pass
        def test_neither(): pass
    """)
    run.runpytest_subprocess("-p", "tests.plugins", "--storage-only").assert_outcomes(passed=2, deselected=1)
