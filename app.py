"""ML architecture decisions on Google Cloud: the page list, the language and the look. Nothing else."""

import streamlit as st

from ui import frame, share
from ui.texts import _

st.set_page_config(page_title="ML on Google Cloud", page_icon=":material/draw:", layout="wide")
share.open_link()
page = st.navigation(
    [
        st.Page("pages/whiteboard.py", title=_("Whiteboard"), icon=":material/draw:", default=True),
        st.Page("pages/decision_graph.py", title=_("Decision graph"), icon=":material/account_tree:"),
        st.Page("pages/catalogue.py", title=_("Catalogue"), icon=":material/inventory_2:"),
    ],
    position="top",
)
frame.show_frame()
page.run()
share.show_link()
