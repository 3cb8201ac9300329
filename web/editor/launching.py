"""Start work that takes long in a process of its own, and take over what was published."""

from flask import current_app

from web.config import Settings
from web.editing.following import get_follower
from web.editing.worker import launch


def launch_task(task: str) -> None:
    """Start a task of `web.editing.worker`."""
    settings: Settings = current_app.config["VRAAGWIJZER"]
    launch(settings, task)


def take_over_now() -> None:
    """Let this worker answer by the version that was just published; the others follow."""
    get_follower(current_app).look()
