"""Run the notebooks and store what they show: `make notebooks`.

    python tools/notebooks.py [--check]

With --check nothing is written.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
SECONDS = 300
"""Longest that one cell may take."""


def executed(path: Path) -> nbformat.NotebookNode:
    """Give a notebook with fresh outputs; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(
        notebook,
        timeout=SECONDS,
        resources=resources,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # no word on its local port
    ).execute()
    return notebook


def main() -> None:
    """Run each notebook, in the order of their names."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = executed(path)
        if "--check" not in sys.argv:
            notebook.metadata["language_info"] = {
                "name": "python"
            }  # no version, so no needless diff
            nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
