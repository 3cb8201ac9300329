"""Who sees it: the chat page, the browse pages and the JSON interface."""

from flask import Flask

from assistant import Assistant
from corpus import load_corpus
from web.answering import set_assistant
from web.api import blueprint as api
from web.assets import version_assets
from web.auth import equip_auth
from web.chat import blueprint as chat
from web.config import Settings
from web.db import Database, set_database
from web.editing.asked import set_recorder
from web.editing.following import set_follower
from web.editing.shelf import set_shelf, shelf_of
from web.editor import blueprint as editor
from web.errors import answer_errors
from web.limits import limit_requests
from web.live_messages import blueprint as live_messages
from web.metrics import count_in
from web.moderation import blueprint as moderation
from web.pages import blueprint as pages
from web.presentation import equip_templates
from web.request_id import number_requests
from web.security import guard
from web.shown import blueprint as shown
from web.site import blueprint as site
from web.switch import equip_switch
from web.watching import blueprint as watching


def create_app(settings: Settings | None = None, assistant: Assistant | None = None) -> Flask:
    """Build the web application; give `assistant` when one is fitted already.

    Raises CorpusError with every problem when the corpus cannot be used.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config.from_mapping(settings.as_flask_config())
    assistant = assistant or Assistant.from_corpus(load_corpus(settings.corpus))
    set_assistant(app, assistant)
    database = Database(settings.database_url)
    set_database(app, database)
    shelf = shelf_of(database, settings.corpus, assistant.corpus)
    set_shelf(app, shelf)
    set_follower(app, shelf)
    set_recorder(app, shelf, days=settings.retention_days if settings.store_questions else 0)
    number_requests(app)
    count_in(app, settings.metrics_token)
    guard(app)
    limit_requests(app)
    version_assets(app)
    equip_templates(app)
    equip_auth(app)
    equip_switch(app, settings.data)
    answer_errors(app)
    for blueprint in (chat, pages, api, live_messages, moderation, editor, shown, site, watching):
        app.register_blueprint(blueprint)
    return app
