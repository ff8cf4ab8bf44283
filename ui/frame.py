"""What stands around every page: the few style rules that the theme cannot say, the language, its switch."""

import streamlit as st

from ui import texts

# Each rule mends one thing that Streamlit 1.67 cannot be told by its theme (measured).
STYLE = """<style>
/* side padding of the page, and a widest content that a meeting room can read */
.stMainBlockContainer {padding-left: 1.75rem; padding-right: 1.75rem; max-width: 1760px}
@media (max-width: 640px) {.stMainBlockContainer {padding-left: 1rem; padding-right: 1rem}}
/* text on filled primary parts is white in both themes: too pale on the dark accent */
[data-testid=stBaseButton-primary], [data-testid=stBaseButton-primary] p,
[data-testid=stMultiSelectTagsContainer] span {color: light-dark(#fff, #0C1A1D)}
/* figures wider than a phone scroll sideways inside their own box */
[class*=st-key-wide] {overflow-x: auto}
/* a long answer takes two lines, none is cut */
button[data-variant=pills] {height: auto; min-height: 2rem}
button[data-variant=pills] * {white-space: normal; text-align: left}
/* what a menu opened stands alone until it is closed */
body:has([data-testid=stDialog]) [data-testid=stPopoverBody] {visibility: hidden}
/* the language stands in the header of every page, at the end of the navigation */
.st-key-language-row {position: fixed; top: 0.75rem; right: 1rem; z-index: 1000001; width: auto}
/* the panel stays in sight beside a tall board */
@media (min-width: 641px) {
  [data-testid=stColumn]:has(.st-key-panel) > [data-testid=stVerticalBlock] {height: 100%}
  [data-testid=stLayoutWrapper]:has(> .st-key-panel) {position: sticky; top: 4rem}
  .st-key-panel {max-height: calc(100vh - 5.5rem); overflow-y: auto}
}
/* a card is clicked anywhere: its button reaches over all of it */
[class*=st-key-card-] {position: relative}
[class*=st-key-choose-] button {text-align: left; justify-content: flex-start; min-height: 0}
[class*=st-key-choose-] button::after {content: ""; position: absolute; inset: 0; border-radius: inherit}
[class*=st-key-card-]:hover {border-color: var(--st-gray-color)}
/* components that only act take no room */
.st-key-lang, [class*=st-key-hand] {display: none}
</style>"""

SET_LANG = "export default function({data}) { document.documentElement.lang = data }"


def show_frame() -> None:
    st.html(STYLE)
    _lang_component()(data={"en": "en", "pt": "pt-BR"}[texts.language()], key="lang")
    with st.container(key="language-row"):
        show_language_switch()


@st.cache_resource(show_spinner=False)
def _lang_component():  # type: ignore[no-untyped-def]
    """Screen readers take the page's language from <html lang>, which Streamlit fixes to English."""
    return st.components.v2.component("page_language", js=SET_LANG)


def show_language_switch() -> None:
    st.segmented_control(
        texts._("Language"),
        options=list(texts.LANGUAGES),
        format_func=lambda code: code.upper(),
        default=texts.language(),
        key="language-switch",
        on_change=_switch_language,
        label_visibility="collapsed",
    )


def _switch_language() -> None:
    chosen = st.session_state["language-switch"]
    if chosen:
        st.session_state[texts.KEY] = chosen
