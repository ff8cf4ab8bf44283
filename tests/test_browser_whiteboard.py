"""The whiteboard in a real browser: the board is clicked, zoomed and kept; links survive; the language is set."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

FRAUD = "/?example=fraud-in-real-time&lang=en"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: what the browser has loaded once is not loaded again."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when a script of it does."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("heading").first.wait_for()
    rest(page)


def rest(page: Page) -> None:
    """Until what was clicked has reached the server and come back."""
    page.wait_for_timeout(250)
    page.wait_for_selector(AT_REST)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def expect_link(page: Page, part: str) -> None:
    """The address is written at the end of a run."""
    expect(page).to_have_url(re.compile(re.escape(part)), timeout=15_000)


def panel(page: Page) -> Locator:
    return page.locator(".st-key-panel")


def box(page: Page, component: str) -> Locator:
    return page.locator(f".view .box[data-id={component}]")


def drawing(page: Page) -> Locator:
    return page.locator(".view > svg")


def unfold(page: Page, group: str) -> None:
    """And wait until it is open: a click into what still unfolds is lost."""
    page.locator(f"[class*=st-key-group-{group}] summary").click()
    rest(page)


# --- the board ------------------------------------------------------------------------------------------------------


def test_a_click_explains_the_box_and_keeps_drawing_and_zoom(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    drawing(page).evaluate("svg => svg.kept = true")
    before = float(drawing(page).get_attribute("width") or 0)
    page.get_by_role("button", name="Zoom in").click()
    box(page, "operational-store").click()
    expect(panel(page).get_by_role("heading", level=3)).to_contain_text("Bigtable")
    rest(page)
    assert drawing(page).evaluate("svg => svg.kept")
    assert float(drawing(page).get_attribute("width") or 0) > before
    expect(box(page, "operational-store")).to_have_class(re.compile("selected"))
    expect(page.locator(".view .box.selected")).to_have_count(1)


def test_a_box_is_reached_and_chosen_by_the_keyboard(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    first = page.locator(".view .box").first
    first.focus()
    page.keyboard.press("Tab")
    chosen = page.locator(".view .box").nth(1)
    expect(chosen).to_be_focused()
    page.keyboard.press("Enter")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    rest(page)
    expect(chosen).to_be_focused()


def test_the_endpoint_tells_why_and_why_not_the_others(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    box(page, "endpoint").click()
    rest(page)
    expect(panel(page).get_by_role("heading", level=3)).to_have_text("Private Service Connect")
    expect(panel(page)).to_contain_text("Dedicated public")
    expect(panel(page)).to_contain_text("Ruled out.")
    expect(panel(page).locator("a[href^='https://']").first).to_be_attached()


def test_zoom_fits_and_dragging_moves_without_choosing(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    selected = page.locator(".view .box.selected").get_attribute("data-id")
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    view = page.locator(".view")
    place = view.bounding_box()
    assert place
    page.mouse.move(place["x"] + 400, place["y"] + 300)
    page.mouse.down()
    page.mouse.move(place["x"] + 250, place["y"] + 200, steps=5)
    page.mouse.up()
    rest(page)
    assert view.evaluate("view => [view.scrollLeft > 0, view.scrollTop > 0]") == [True, True]
    assert page.locator(".view .box.selected").get_attribute("data-id") == selected
    page.get_by_role("button", name="Whole drawing").click()
    assert view.evaluate("view => view.scrollWidth <= view.clientWidth")


def test_the_drawing_is_saved_as_an_svg_of_its_own(page: Page, server_url: str, tmp_path: Path) -> None:
    visit(page, server_url + FRAUD)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "fraud-in-real-time.svg"
    path = tmp_path / "board.svg"
    download.value.save_as(path)
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    assert "standalone" in (root.get("class") or "")
    assert root.findall(".//{*}g[@data-id='endpoint']")


def test_a_phone_starts_at_the_selected_box(page: Page, server_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, server_url + FRAUD)
    view = page.locator(".view").bounding_box()
    chosen = page.locator(".view .box.selected .frame").bounding_box()
    assert view
    assert chosen
    assert view["x"] <= chosen["x"]
    assert chosen["x"] + chosen["width"] <= view["x"] + view["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1440, 1280])
def test_the_drawing_fits_beside_the_panel(page: Page, server_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, server_url + FRAUD)
    assert page.locator(".view").evaluate("view => view.scrollWidth <= view.clientWidth + 1")


# --- answers --------------------------------------------------------------------------------------------------------


def test_a_new_answer_changes_the_board_and_its_group_stays_unfolded(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    unfold(page, "serving")
    shadow = page.locator(".st-key-answer-rollout").get_by_text("Shadow", exact=True)
    shadow.click()
    rest(page)
    expect(shadow).to_be_visible()
    expect_link(page, "canary~shadow")
    expect(page.locator("[class*=st-key-group-serving] summary")).to_be_visible()


def test_two_quick_clicks_both_count(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    unfold(page, "problem")
    page.locator(".st-key-answer-task").get_by_text("Predict a number", exact=True).click()
    page.locator(".st-key-answer-labels").get_by_text("Few labels", exact=True).click()
    rest(page)
    rest(page)
    expect_link(page, "a.task=regression")
    expect_link(page, "a.labels=few-labels")


def test_a_card_far_below_brings_the_panel_into_sight(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    page.locator(".st-key-choose-explanation button").click()
    rest(page)
    expect(panel(page).get_by_role("heading", level=3)).to_be_in_viewport()


def test_a_question_still_to_ask_unfolds_its_group(page: Page, server_url: str) -> None:
    visit(page, server_url + "/?v=1&a.task=classification&a.labels=labelled&lang=en")
    page.locator(".st-key-choose-inference-mode button").click()
    rest(page)
    asked = panel(page).locator("[class*=st-key-ask-inference-mode-serving-mode] button")
    expect(page.locator(".st-key-answer-serving-mode")).not_to_be_visible()
    asked.first.click()  # the button's tooltip holds it a second time
    rest(page)
    expect(page.locator(".st-key-answer-serving-mode")).to_be_visible()


# --- links and languages --------------------------------------------------------------------------------------------


def test_the_link_survives_the_change_of_page_and_a_reload(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    unfold(page, "serving")
    page.locator(".st-key-answer-rollout").get_by_text("Shadow", exact=True).click()
    expect_link(page, "canary~shadow")
    whole = page.url.split("?")[1]
    page.get_by_role("link", name="Catalogue").click()
    page.get_by_role("heading", name="Catalogue").wait_for()
    rest(page)
    expect_link(page, "a.rollout=canary~shadow")
    page.get_by_role("link", name="Whiteboard").click()
    page.get_by_role("heading", name="Fraud in real time").wait_for()
    rest(page)
    expect_link(page, whole)
    page.reload()
    page.get_by_role("heading", name="Fraud in real time").wait_for()
    rest(page)
    expect_link(page, whole)


def test_the_link_is_copied(page: Page, server_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, server_url + FRAUD)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("/?v=0&a.task=classification&lang=en", "the link is of version 0"),
        ("/?v=1&a.task=classification&a.payload=much&lang=en", "is not a number with a unit"),
        ("/?v=1&a.task=classification&a.%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1&lang=en", "no such criterion"),
        ("/?v=1&a.task=classification&title=%3Cscript%3Ealert(1)%3C/script%3E&c.endpoint=x&lang=en", "not an option"),
    ],
    ids=["old", "broken", "hostile-name", "hostile-title"],
)
def test_a_bad_link_gives_a_clear_message_and_the_nearest_state(
    page: Page, server_url: str, link: str, message: str
) -> None:
    alerts: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    visit(page, server_url + link)
    expect(page.locator(".st-key-problems")).to_contain_text(message)
    expect_link(page, "a.task=classification")
    expect(page.locator("img[src=x]")).to_have_count(0)
    assert alerts == []


def test_the_language_switch_changes_words_lang_and_board(page: Page, server_url: str) -> None:
    visit(page, server_url + FRAUD)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".st-key-language-switch").get_by_text("PT", exact=True).click()
    rest(page)
    expect(page.locator("html")).to_have_attribute("lang", "pt-BR")
    expect_link(page, "lang=pt")
    expect(page.locator(".st-key-answer-labels")).to_contain_text("Rotulados")
    expect(page.locator(".legend-row")).to_contain_text("Requisição")
    unfold(page, "problem")
    page.locator(".st-key-answer-labels").get_by_text("Poucos rótulos", exact=True).click()
    rest(page)
    expect_link(page, "a.labels=few-labels")
    expect_link(page, "priorities=lowest-latency%2Cexplainability%2Cleast-effort")
    page.reload()
    page.get_by_role("heading").first.wait_for()
    rest(page)
    expect(page.locator("html")).to_have_attribute("lang", "pt-BR")


def test_the_empty_whiteboard_starts_an_example(page: Page, server_url: str) -> None:
    visit(page, server_url + "/?lang=en")
    expect(page.locator(".board")).to_have_count(0)
    page.locator(".st-key-start-fraud-in-real-time button").click()
    page.get_by_role("heading", name="Fraud in real time").wait_for()
    expect(drawing(page)).to_be_visible()
