"""The service's own pages in a browser, on the demo mission, without requests to other servers."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from waitress.server import create_server

from graph.access import LOCAL_ACTOR
from queries.store import Store
from service import create_app
from service.config import Config
from service.demo import load
from tests.browser.conftest import NOTE_VIOLATIONS
from tests.builders import a_stakeholder
from tests.stores import empty

BROKER = "Amina Thorne"
PAGES = (
    "/",
    "/stakeholders",
    "/ties",
    "/intermediaries",
    "/gaps",
    "/paths",
    "/import",
    "/docs",
    "/problems",
    "/api/v1/maps/network",
)

TABLE = "Organisation,Implementing partner,Donor,Sector,Admin 1\nReed,Rush,Harbour Fund,WASH,North\n"

HOSTILE = """"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}</title>'`"""


@dataclass
class Visit:
    """A page of the service, with a note of what it should not do."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Go to an address of the service and wait until the page has all it asked for."""
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page

    def check_behaviour(self) -> None:
        """Fail if the page asked another host, logged an error, opened a dialog or broke its own policy."""
        assert (self.foreign, self.errors, self.page.evaluate("window.policyViolations ?? []")) == ([], [], [])


Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def service(shared_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service runs, by the server it is shipped with, on the demo mission."""
    empty(shared_store)
    load(shared_store, LOCAL_ACTOR, datetime.now(UTC).date())
    app = create_app(Config(home=tmp_path_factory.getbasetemp()), store=shared_store)
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listening], threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def visiting(browser: Browser, service: str) -> Iterator[Visiting]:
    """Begin a visit; options are those of a Playwright context."""
    contexts = []

    def begin(**options: Any) -> Visit:
        context = browser.new_context(**options)
        contexts.append(context)
        visit = Visit(context.new_page(), service)
        page = visit.page
        page.add_init_script(NOTE_VIOLATIONS)
        page.on(
            "request",
            lambda request: None if request.url.startswith((service, "data:")) else visit.foreign.append(request.url),
        )
        page.on(
            "console",
            lambda message: visit.errors.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: visit.errors.append(str(error)))

        def note(dialog: Dialog) -> None:
            visit.errors.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", note)
        return visit

    yield begin
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_server_and_keeps_its_own_policy(visiting: Visiting, path: str, scheme: str) -> None:
    visit = visiting(color_scheme=scheme)
    page = visit.go(path)
    expect(page.locator("h1, h2").first).to_be_visible()
    visit.check_behaviour()


@pytest.mark.parametrize("path", PAGES[:7])
def test_a_page_needs_no_script_and_no_wide_screen(visiting: Visiting, path: str) -> None:
    page = visiting(java_script_enabled=False, viewport={"width": 390, "height": 844}).go(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(8)


@pytest.mark.parametrize("path", PAGES[:7])
def test_only_tables_scroll_sideways_on_a_small_screen(visiting: Visiting, path: str) -> None:
    page = visiting(viewport={"width": 390, "height": 844}).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_newcomer_is_led_to_the_broker_and_around_her(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.go("/")
    page.get_by_role("link", name="Who holds it together?").click()
    page.get_by_role("link", name=BROKER).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(BROKER)
    page.get_by_role("link", name="Map of its surroundings").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(BROKER)
    visit.check_behaviour()


def test_the_table_can_be_searched_in_another_script_by_keyboard_alone(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.go("/stakeholders")
    page.get_by_label("Name").focus()
    page.keyboard.type("lyla")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="ليلى حداد", exact=True)).to_be_visible()
    visit.check_behaviour()


def test_a_table_is_tried_and_imported_on_the_page(visiting: Visiting, tmp_path: Path) -> None:
    file = tmp_path / "3w.csv"
    file.write_text(TABLE, encoding="utf-8")
    visit = visiting()
    page = visit.go("/import")
    page.get_by_label("Table").set_input_files(file)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would happen")
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    visit.go("/stakeholders?name=Reed")
    expect(page.get_by_role("link", name="Reed", exact=True)).to_be_visible()
    visit.check_behaviour()


def test_the_documentation_works_on_the_page(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.go("/docs#/sectors/createSector")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tr.response .response-col_status")).to_contain_text("201")
    visit.check_behaviour()


def test_a_form_on_another_site_changes_nothing(visiting: Visiting, shared_store: Store, service: str) -> None:
    """The page below stands for any other site: for a browser a file has no origin."""
    before = shared_store.counts(LOCAL_ACTOR)
    visit = visiting()
    visit.page.set_content(
        f'<form method=post action="{service}/import/confirm"><input name=token value=x><button>Win</button></form>'
    )
    visit.page.get_by_role("button").click()
    visit.page.wait_for_load_state()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Another site sent this")
    assert shared_store.counts(LOCAL_ACTOR) == before


def test_a_hostile_name_is_text_on_every_page(visiting: Visiting, shared_store: Store) -> None:
    kept = shared_store.create(a_stakeholder(name=HOSTILE, description=HOSTILE, aliases=(HOSTILE + "2",)), LOCAL_ACTOR)
    visit = visiting()
    for path in (
        "/stakeholders",
        f"/stakeholders/{kept.id}",
        f"/api/v1/maps/stakeholders/{kept.id}",
        "/gaps?limit=1000",
        "/intermediaries?limit=1000",
    ):
        visit.go(path)
    visit.check_behaviour()
    visit.go(f"/stakeholders/{kept.id}")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    assert datetime.now(UTC).strftime("%Y-%m-%d") in visit.page.content()
