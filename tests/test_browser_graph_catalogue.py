"""The decision graph and the catalogue in a real browser: links, clicks, touches, both themes, both languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

FRAUD = "example=fraud-in-real-time"
CARD, TIMELINE, TABLE = ".st-key-wide-graph", ".st-key-catalogue-figure", "[class*=st-key-catalogue-table]"
TEAL = {"light": "rgb(11, 101, 112)", "dark": "rgb(92, 200, 212)"}
WORDS = {
    "en": {"graph": "Decision graph", "catalogue": "Catalogue"},
    "pt": {"graph": "Grafo de decisões", "catalogue": "Catálogo"},
}
PATIENCE = 20_000  # ms
COLUMNS = (350, 170, 185, 110)  # px of the table's first columns
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server_url: str) -> Iterator[Open]:
    """Open an address of the app in a window of its own; errors of the page's scripts fail the test."""
    contexts, errors = [], []

    def open_(path: str, url: str = server_url, width: int = 1440, **look: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **look)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}/{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def open_graph(open_page: Open, parameters: str = f"{FRAUD}&lang=en&decision=endpoint", **look: Any) -> Page:
    page = open_page(f"decision_graph?{parameters}", **look)
    expect(page.locator(f"{CARD} .textpoint").first).to_be_visible(timeout=PATIENCE)
    return page


def middle(page: Page, name: str) -> tuple[float, float]:
    """The middle of a box of the figure, by its upper line, scrolled into view: the graph is taller than a screen."""
    box = page.locator(f"{CARD} text").filter(has_text=name).first
    box.evaluate("one => one.scrollIntoView({block: 'center', inline: 'center'})")
    page.wait_for_timeout(400)
    place = box.bounding_box()
    assert place
    return place["x"] + place["width"] / 2, place["y"] + place["height"]


def click(page: Page, point: tuple[float, float], hover: str = "") -> None:
    """As a hand does: plotly takes the click for what it showed under the pointer a moment before."""
    page.mouse.move(*point)
    expect(page.locator(".hoverlayer .hovertext").filter(has_text=hover)).to_be_visible(timeout=PATIENCE)
    page.mouse.click(*point)


def click_box(page: Page, name: str) -> None:
    click(page, middle(page, name), f"{name}: ")


def way_to(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=f"The way to “{name}”")).to_be_visible(timeout=PATIENCE)


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title"),
    [("catalogue?lang=en", "Catalogue"), ("decision_graph?lang=en", "Decision graph")],
)
def test_a_deep_link_to_a_fresh_server_shows_the_themed_page(open_page: Open, fresh_server_url: str, path, title):
    page = open_page(path, url=fresh_server_url)
    heading = page.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_visible(timeout=PATIENCE)
    for name in ("Whiteboard", "Decision graph", "Catalogue"):
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    assert "Plex" in heading.evaluate("element => getComputedStyle(element).fontFamily")
    assert page.locator("[data-testid=stSidebarNav]").count() == 0  # the folder's own list of pages


@pytest.mark.parametrize("language", ["en", "pt"])
def test_both_pages_speak_both_languages(open_page: Open, language: str):
    page = open_graph(open_page, f"{FRAUD}&lang={language}")
    assert page.evaluate("document.documentElement.lang") == {"en": "en", "pt": "pt-BR"}[language]
    chosen = {"en": "Code level", "pt": "Nível de código"}[language]
    expect(page.locator(f"{CARD} text").filter(has_text=chosen).first).to_be_attached()
    page = open_page(f"catalogue?lang={language}&service=inference")
    purpose = {"en": "Serves registered models online", "pt": "Serve modelos registrados on-line"}[language]
    expect(page.get_by_text(purpose)).to_be_visible(timeout=PATIENCE)


def test_the_address_brings_the_choice_back(open_page: Open):
    page = open_graph(open_page)
    way_to(page, "Endpoint")
    click_box(page, "Serving platform")
    way_to(page, "Serving platform")
    page.wait_for_url("**decision=serving-platform**")
    page.reload()
    way_to(page, "Serving platform")


# --- the graph ------------------------------------------------------------------------------------------------------


def test_a_click_selects_and_leaves_the_figure_as_it_is(open_page: Open):
    page = open_graph(open_page)
    page.locator(f"{CARD} .js-plotly-plot").evaluate("figure => figure.setAttribute('data-mark', 'here')")
    for name in ("Approach", "Serving platform", "Approach"):
        click_box(page, name)
        way_to(page, name)
    assert page.locator(f"{CARD} [data-mark=here]").count() == 1


def test_zoom_outlives_a_click(open_page: Open):
    page = open_graph(open_page)
    page.mouse.move(*middle(page, "Endpoint"))
    page.locator(f"{CARD} .modebar-btn[data-title='Zoom in']").click()
    zoomed = "document.querySelector('.st-key-wide-graph .js-plotly-plot').layout.xaxis.range.map(Math.round)"
    page.wait_for_timeout(700)
    before = page.evaluate(zoomed)
    way_to(page, "Endpoint")
    point = page.evaluate(FIRST_DECISION_IN_VIEW)
    click(page, point)
    page.wait_for_timeout(1500)
    assert page.evaluate(zoomed) == before
    assert before[0] > 0


FIRST_DECISION_IN_VIEW = """() => {
  const card = document.querySelector('.st-key-wide-graph').getBoundingClientRect()
  const places = [...document.querySelectorAll('.st-key-wide-graph .textpoint text')]
  const inside = places.map(one => one.getBoundingClientRect()).find(one =>
    one.width && one.left > card.left + 300 && one.right < card.right - 300 && one.top > card.top + 100
    && one.top < 800)
  return [inside.left + inside.width / 2, inside.top + inside.height]
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_lit_path_is_teal_and_thick_and_words_are_readable(open_page: Open, theme):
    page = open_graph(open_page, color_scheme=theme)
    way_to(page, "Endpoint")
    looks = page.locator(f"{CARD} .shapelayer path").evaluate_all(
        "paths => paths.map(path => [getComputedStyle(path).stroke, getComputedStyle(path).strokeWidth])"
    )
    lit = [width for colour, width in looks if colour == TEAL[theme]]
    assert {"3px", "2.5px", "4px"} <= set(lit)
    assert len(lit) < len(looks)
    ink = page.locator(f"{CARD} .textpoint text").last.evaluate("text => getComputedStyle(text).fill")
    assert (
        ink
        in {"light": ("rgb(27, 37, 48)", "rgb(76, 89, 102)"), "dark": ("rgb(232, 237, 242)", "rgb(176, 187, 198)")}[
            theme
        ]
    )


def test_a_hover_tells_what_lost(open_page: Open):
    page = open_graph(open_page)
    page.mouse.move(*middle(page, "Endpoint"))
    expect(page.locator(f"{CARD} .hoverlayer")).to_contain_text("Ruled out", timeout=PATIENCE)


def test_the_list_of_decisions_does_without_a_mouse(open_page: Open):
    page = open_graph(open_page)
    box = page.get_by_role("combobox", name="Decision")
    box.focus()
    box.press_sequentially("Appro")
    box.press("Enter")
    way_to(page, "Approach")


def test_a_thumb_scrolls_and_a_tap_selects(open_page: Open):
    page = open_graph(open_page, width=390, has_touch=True, is_mobile=True)
    way_to(page, "Endpoint")
    places = f"[document.querySelector('{CARD}').scrollLeft, document.querySelector('[data-testid=stMain]').scrollTop]"
    page.wait_for_function(f"document.querySelector('{CARD}').scrollLeft > 0")  # it starts at the selected box
    left, top = page.evaluate(places)
    swipe(page, 150, 0)
    swipe(page, 0, -200)
    assert page.evaluate(places)[0] < left - 50
    assert page.evaluate(places)[1] > top + 50
    page.locator(f"{CARD} text").filter(has_text="Serving platform").first.scroll_into_view_if_needed()
    page.touchscreen.tap(*middle(page, "Serving platform"))
    way_to(page, "Serving platform")


def swipe(page: Page, by_x: float, by_y: float) -> None:
    client = page.context.new_cdp_session(page)
    for step in range(11):
        kind = "touchStart" if step == 0 else "touchMove"
        point = {"x": 200 + by_x * step / 10, "y": 600 + by_y * step / 10}
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(16)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


# --- the catalogue --------------------------------------------------------------------------------------------------


def open_catalogue(open_page: Open, parameters: str = "lang=en", **look: Any) -> Page:
    page = open_page(f"catalogue?{parameters}", **look)
    expect(page.locator(f"{TIMELINE} .point").first).to_be_visible(timeout=PATIENCE)
    return page


def test_a_bar_and_a_row_explain_their_service(open_page: Open):
    page = open_catalogue(open_page)
    bar = page.locator(f"{TIMELINE} .point").first.bounding_box()
    assert bar
    click(page, (bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2))
    page.wait_for_url("**service=**")
    first = page.url
    table = page.locator(TABLE)
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(800)  # the view moves to the page of the service first
    place = table.bounding_box()
    assert place
    page.mouse.click(place["x"] + 200, place["y"] + 35 * 3 + 15)
    page.wait_for_function("address => location.href !== address", arg=first)
    expect(page.locator(".st-key-catalogue-page")).to_be_in_viewport(timeout=PATIENCE)


def test_a_search_narrows_and_a_link_leads_to_the_decision(open_page: Open):
    page = open_catalogue(open_page)
    search = page.get_by_label("Find a service")
    search.fill("dataproc")
    search.press("Enter")
    heading = page.get_by_role("heading", name="Managed Service for Apache Spark")
    expect(heading).to_be_visible(timeout=PATIENCE)
    page.locator(".st-key-catalogue-page [data-testid=stPageLink] a").first.click()
    page.wait_for_url("**/decision_graph**")
    expect(page.get_by_role("heading", name="Decision graph")).to_be_visible(timeout=PATIENCE)


def test_ends_sort_as_days(open_page: Open):
    page = open_catalogue(open_page)
    table = page.locator(TABLE)
    for sign in ("↑", "↓"):
        table.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        place = table.bounding_box()
        assert place
        page.mouse.move(place["x"] + 35 + sum(COLUMNS[:3]) + 30, place["y"] + 15)
        page.wait_for_timeout(300)
        page.mouse.click(place["x"] + 35 + sum(COLUMNS[:3]) + 30, place["y"] + 15, delay=80)
        expect(table.locator("[role=columnheader]").filter(has_text=f"{sign} Ends")).to_be_attached(timeout=PATIENCE)
    days = table.locator("[role=gridcell][aria-colindex='4']").all_inner_texts()
    assert len(days) > 5
    assert days == sorted(days, reverse=True)  # written as 2027-10-14 where a screen reader reads them


@pytest.mark.parametrize("width", [1440, 390])
def test_services_stand_side_by_side_or_one_under_another(open_page: Open, width):
    page = open_page("catalogue?lang=en&compare=spanner~bigtable~alloydb~firestore", width=width)
    limits = page.get_by_role("row").filter(has=page.get_by_text("What it is for", exact=True))
    expect(limits).to_be_visible(timeout=PATIENCE)
    # all at once: the page may still move between two looks
    tops = limits.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert len(tops) == 4
    lines = {round(top) for top in tops}
    assert len(lines) == (1 if width == 1440 else 4)
    name = limits.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert ("Spanner" in name) == (width == 390)


def test_the_views_stand_in_the_address(open_page: Open):
    page = open_catalogue(open_page)
    page.get_by_role("radio", name="Changes since the guide").click()
    page.wait_for_url("**view=changes**")
    page.reload()
    expect(page.get_by_role("rowheader", name="Dataproc")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radio", name="Compare").click()
    page.wait_for_url("**view=compare**")
    box = page.get_by_role("combobox", name="Services to compare")
    box.press_sequentially("Dataproc")
    box.press("Enter")
    page.wait_for_url("**compare=managed-spark**")
    box.press("Escape")  # an open list hides everything else from screen readers, and from this test
    expect(page.get_by_role("columnheader", name="Managed Service for Apache Spark")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_timeline_follows_the_theme(open_page: Open, theme):
    page = open_catalogue(open_page, color_scheme=theme)
    fills = page.locator(f"{TIMELINE} .point path").evaluate_all(
        "paths => paths.map(path => getComputedStyle(path).fill)"
    )
    assert {"light": "rgb(23, 100, 58)", "dark": "rgb(134, 216, 166)"}[theme] in fills
    patterns = page.locator(f"{TIMELINE} pattern rect").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    assert set(patterns) == {{"light": "rgb(238, 241, 243)", "dark": "rgb(38, 47, 56)"}[theme]}


@pytest.mark.parametrize("width", [1440, 1280, 390])
@pytest.mark.parametrize("path", [f"decision_graph?{FRAUD}", "catalogue?service=inference"])
def test_nothing_sticks_out_of_the_page_and_no_word_is_tiny(open_page: Open, path, width):
    page = open_page(f"{path}&lang=pt", width=width)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(1000)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    sizes = page.locator(".js-plotly-plot .main-svg text").evaluate_all(
        "all => all.filter(one => one.textContent).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 12


@pytest.mark.parametrize("width", [1440, 1280, 390])
@pytest.mark.parametrize("path", ["view=changes", "compare=inference~bigquery~feature-store~vector-search"])
def test_no_table_to_read_sticks_out_of_the_page(open_page: Open, path, width):
    page = open_page(f"catalogue?lang=pt&{path}", width=width)
    expect(page.get_by_role("table")).to_be_visible(timeout=PATIENCE)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('table :is(th, td)')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    )
