"""Give static files an address that changes with their content, so browsers may keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for


def version_assets(app: Flask) -> None:
    """Give templates `asset(name)`, and let browsers keep what was asked for by that address."""
    folder = Path(str(app.static_folder))
    version = lru_cache(lambda name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12])

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=version(name))

    def keep(response: Response) -> Response:
        # An old address may meet a new file during an update: only a right one is kept for good.
        filename = (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and response.status_code == 200:
            if request.args.get("v") == version(filename):
                response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            else:
                response.headers["Cache-Control"] = "no-cache"
        return response

    app.add_template_global(asset)
    app.after_request(keep)
