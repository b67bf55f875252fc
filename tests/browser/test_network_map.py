"""The network map in a browser."""

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from graph.access import LOCAL_ACTOR
from graph.model import Area
from graph.networks.network import StakeholderNetwork
from service.demo import mission
from tests.browser.conftest import Open
from tests.graph.builders import a_network, a_node, a_tie
from tests.graph.networkx_views import undirected
from tests.service.demo.networks import TODAY, demo_network
from tests.visualisations.hostile import HOSTILE, hostile_network
from visualisations.network_map import render
from visualisations.symbols import SYMBOLS

BROKER = "Amina Thorne"


@pytest.fixture(scope="module")
def network() -> StakeholderNetwork:
    return demo_network(LOCAL_ACTOR)


@pytest.fixture(scope="module")
def demo_map(network: StakeholderNetwork) -> str:
    areas = {record.id: record.name for record in mission(TODAY) if isinstance(record, Area)}
    return render(network, title="Talvara", scores=nx.betweenness_centrality(undirected(network)), area_names=areas)


def painted(page: Page, colour: str) -> int:
    """How many pixels of the map have that colour, to within what smoothing changes."""
    wanted = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    count: int = page.evaluate(
        """([red, green, blue]) => {
          const canvas = document.querySelector("#map canvas");
          const copy = document.createElement("canvas");
          [copy.width, copy.height] = [canvas.width, canvas.height];
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          const { data } = context.getImageData(0, 0, copy.width, copy.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) {
            const near = Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) + Math.abs(data[i + 2] - blue) < 12;
            if (near && data[i + 3] > 200) count += 1;
          }
          return count;
        }""",
        wanted,
    )
    return count


def settle(page: Page) -> None:
    """Wait until what was asked for has been drawn, once more after the first drawing has given everything a size."""
    page.evaluate(
        """async () => {
          for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
        }"""
    )


def until(page: Page, holds: str) -> None:
    """Wait until an expression holds; Playwright's own way would need ``eval``, which the page forbids."""
    page.evaluate(f"async () => {{ while (!({holds})) await new Promise(requestAnimationFrame); }}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_demo_map_is_drawn_and_sends_no_request(open_page: Open, demo_map: str, scheme: str, width: int) -> None:
    opened = open_page(demo_map, viewport={"width": width, "height": 800}, color_scheme=scheme)
    settle(opened.page)
    for category in ("mission_unit", "local_authority", "community_leader", "ngo"):
        assert painted(opened.page, getattr(SYMBOLS[category].ink, scheme)) > 50
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.check_behaviour()


def test_hostile_texts_stay_texts(open_page: Open) -> None:
    hostile = hostile_network()
    areas = dict(zip(hostile.nodes, HOSTILE, strict=True))
    for title in (HOSTILE[0], HOSTILE[1], HOSTILE[10]):
        opened = open_page(render(hostile, title=title, scores={}, area_names=areas, focus=next(iter(hostile.nodes))))
        page = opened.page
        expect(page.locator("h1")).to_have_text(title, use_inner_text=False)
        for search in ("script", "alert", '">', "\\"):
            page.fill("#search", search)
        for number in range(len(HOSTILE)):
            page.locator("#stakeholders tbody .link").nth(number).click()
            expect(page.locator("#panel")).to_be_visible()
        for number in range(page.locator("#ties [data-line]").count()):
            page.locator("#ties [data-line]").nth(number).click()
        page.locator("#map").hover()
        assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, link, script[src]').length") == 0
        opened.check_behaviour()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("amina", BROKER),
        ("MEDECINE", "Médecine des Vallées"),
        ("Médecine", "Médecine des Vallées"),
        ("منصور", "منصور البكري"),
        ("mnswr", "منصور البكري"),
    ],
)
def test_search_finds_names_in_any_script_and_selects_by_enter(
    open_page: Open, demo_map: str, typed: str, name: str
) -> None:
    page = open_page(demo_map).page
    page.fill("#search", typed)
    expect(page.locator("#found bdi")).to_have_text([name])
    page.press("#search", "Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("tr.picked th")).to_have_text(name)


def test_search_says_when_it_finds_nobody(open_page: Open, demo_map: str) -> None:
    page = open_page(demo_map).page
    page.fill("#search", "nobody of this name")
    expect(page.get_by_role("status")).to_have_text("Nobody of that name is on this map.")


def test_a_filter_takes_a_category_off_the_map_and_out_of_the_tables_and_back(open_page: Open, demo_map: str) -> None:
    page = open_page(demo_map).page
    ink, rows = SYMBOLS["security_force"].ink.light, page.locator("#stakeholders tr[data-category=security_force]")
    settle(page)
    before, ties = painted(page, ink), page.locator("#ties tbody tr:visible").count()
    box = page.get_by_label("Security force")
    box.uncheck()
    settle(page)
    assert painted(page, ink) == 0
    expect(rows.first).to_be_hidden()
    assert page.locator("#ties tbody tr:visible").count() < ties
    box.check()
    settle(page)
    assert painted(page, ink) == before
    expect(rows.first).to_be_visible()


def test_a_filter_takes_a_kind_of_tie_off_the_map_and_out_of_the_table(open_page: Open) -> None:
    strain = a_tie("L1", "L2", 0.9, kind="in_tension_with", sign=-1)
    page = open_page(render(a_network(["L1", "L2", "L3"], [strain, a_tie("L1", "L3")]), title="Map")).page
    settle(page)
    crimson = SYMBOLS["armed_actor"].ink.light  # also the ink of strain
    assert painted(page, crimson) > 20
    page.get_by_text("Kinds of tie").first.click()
    page.get_by_label("In tension with").uncheck()
    settle(page)
    assert painted(page, crimson) == 0
    expect(page.locator("#ties tr[data-kind=in_tension_with]")).to_be_hidden()
    expect(page.locator("#ties tr[data-kind=coordinates_with]")).to_be_visible()


def test_the_keyboard_alone_reaches_sorts_and_selects(open_page: Open, demo_map: str) -> None:
    page = open_page(demo_map).page
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip the map")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="Stakeholders")).to_be_focused()
    page.keyboard.press("Tab")
    heading = page.locator("#stakeholders th").first
    expect(heading.locator("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    first = page.locator("#stakeholders tbody tr").first
    expect(first.locator("th")).to_have_text("2nd Infantry Battalion")
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    for _ in range(page.locator("#stakeholders thead button").count()):
        page.keyboard.press("Tab")
    expect(first.locator("button")).to_be_focused()
    name = first.locator("th bdi").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_numbers_sort_as_numbers_and_what_is_unknown_comes_last(open_page: Open) -> None:
    strengths = {"L2": 0.05, "L3": 1.0, "L4": None, "L5": 0.2}
    ties = [a_tie("L1", other, strength=strength) for other, strength in strengths.items()]
    page = open_page(render(a_network(["L1", *strengths], ties), title="Map")).page
    shown = page.locator("#ties tbody tr td:nth-child(6)")
    button = page.locator("#ties").get_by_role("button", name="Strength")
    button.click()
    expect(shown).to_have_text(["1.00", "0.20", "0.05", ""])
    button.click()
    expect(shown).to_have_text(["0.05", "0.20", "1.00", ""])


def test_the_panel_shows_the_data_of_a_stakeholder_and_of_a_line(
    open_page: Open, demo_map: str, network: StakeholderNetwork
) -> None:
    page = open_page(demo_map).page
    broker = next(node.id for node in network.nodes.values() if node.name == BROKER)
    page.locator("#stakeholders").get_by_role("button", name=BROKER).click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Community leader")
    expect(panel).to_contain_text("Orrin Ford")
    mine = [tie for tie in network.ties if broker in (tie.from_id, tie.to_id) and tie.kind in network.kinds]
    expect(panel.locator("h3")).to_have_text(f"{len(mine)} ties")
    row = page.locator("#ties tr", has_text=BROKER).filter(has_text="holds office in")
    row.locator("[data-line]").click()
    expect(panel.locator("h2")).to_have_text(f"{BROKER} – Ford Market Traders' Association")
    for fact in ("Existence", "Strength", "Trust", "First confirmed", "Last confirmed", "Reports", "Origins"):
        expect(panel.locator("dt", has_text=fact)).to_be_visible()


def test_a_click_on_a_figure_selects_it(open_page: Open) -> None:
    page = open_page(render(a_network([a_node("L1", name="Only one")]), title="Map")).page
    settle(page)
    page.locator("#map canvas").click()
    expect(page.locator("#panel h2")).to_have_text("Only one")


def test_zoom_buttons_change_the_view_and_the_whole_comes_back(open_page: Open, demo_map: str) -> None:
    page = open_page(demo_map).page
    ink = SYMBOLS["mission_unit"].ink.light
    settle(page)
    whole = painted(page, ink)
    page.get_by_role("button", name="Zoom out").click()
    settle(page)
    assert painted(page, ink) < whole
    page.get_by_role("button", name="Show the whole network").click()
    settle(page)
    assert painted(page, ink) == pytest.approx(whole, rel=0.05)


def test_the_wheel_scrolls_the_page_until_the_map_is_in_use(open_page: Open, demo_map: str) -> None:
    page = open_page(demo_map).page
    settle(page)
    page.locator("#map").hover()
    page.mouse.wheel(0, 60)
    expect(page.locator("#hint")).to_be_visible()
    until(page, "scrollY > 0")
    page.mouse.wheel(0, -200)
    until(page, "scrollY === 0")
    before = painted(page, SYMBOLS["mission_unit"].ink.light)
    page.locator("#map canvas").click(position={"x": 5, "y": 300})
    page.mouse.wheel(0, 200)
    settle(page)
    assert page.evaluate("scrollY") == 0
    assert painted(page, SYMBOLS["mission_unit"].ink.light) < before


def test_an_empty_map_says_so_and_breaks_nothing(open_page: Open) -> None:
    opened = open_page(render(a_network([]), title="Nobody"))
    expect(opened.page.get_by_text("There are no stakeholders on this map")).to_be_visible()
    opened.page.fill("#search", "anybody")
    opened.check_behaviour()


def test_a_map_of_one_stakeholder_starts_with_it_selected(open_page: Open, demo_map: str) -> None:
    network = a_network([a_node("L1", name="One"), a_node("L2", name="Two")], [a_tie("L1", "L2")])
    page = open_page(render(network, title="One", focus="L1")).page
    expect(page.locator("#panel h2")).to_have_text("One")


def test_without_scripts_the_tables_still_show_everything(
    open_page: Open, demo_map: str, network: StakeholderNetwork
) -> None:
    opened = open_page(demo_map, java_script_enabled=False)
    expect(opened.page.get_by_text("The map needs JavaScript")).to_be_visible()
    assert opened.page.locator("#stakeholders tbody tr:visible").count() == len(network.nodes)


def test_text_keeps_the_contrast_that_readers_need(open_page: Open, demo_map: str) -> None:
    """WCAG 2.2, success criterion 1.4.3: 4.5 : 1 for text of this size, on the ground it stands on."""
    for scheme in ("light", "dark"):
        page = open_page(demo_map, color_scheme=scheme).page
        page.locator("#stakeholders").get_by_role("button", name=BROKER).click()
        assert page.evaluate(LEAST_CONTRAST) >= 4.5


LEAST_CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = channels(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let least = 21;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const unread = ["SCRIPT", "STYLE"].includes(element.tagName) || !element.checkVisibility();
    if (unread || !walker.currentNode.data.trim()) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    least = Math.min(least, (a + 0.05) / (b + 0.05));
  }
  return least;
}"""
