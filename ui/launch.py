"""Start the server: `python -m ui.launch`, on the port that PORT names, else 8501."""

import os
import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

APP = Path(__file__).resolve().parent.parent / "app.py"


def main() -> None:
    """Serve app.py; further arguments go to `streamlit run`."""
    # An internal name. Left unset, a fresh server whose first visitor follows a deep link lists the folder pages/ by
    # itself, because it finds the folder before app.py has called st.navigation. A browser test holds this line.
    PagesManager.uses_pages_directory = False
    port = os.environ.get("PORT") or "8501"
    if not port.isdecimal():
        sys.exit(f"PORT is a number such as 8501, not {port!r}")
    cli.main(["run", str(APP), f"--server.port={port}", *sys.argv[1:]], prog_name="streamlit")


if __name__ == "__main__":
    main()
