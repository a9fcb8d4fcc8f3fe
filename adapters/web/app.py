"""The web application: health and metrics always, and the playground or a plain page at ``/``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from adapters.web import health
from adapters.web.guard import new_token, own_pages_only, speak_safely
from adapters.web.metrics import Metrics
from adapters.web.pages import Pages
from adapters.web.playground import Playground
from adapters.web.routes import Routes

HERE = Path(__file__).parent
LARGEST_POST = 32 * 1024 * 1024
"""Bytes: a directory of 100,000 alumni is about half of it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the web serves. ``more``: routes of other adapters (Slack over HTTP).

    Without a playground ``/`` is a plain page."""

    metrics: Metrics = field(default_factory=Metrics)
    checks: health.Checks = field(default_factory=dict)
    playground: Playground | None = None
    more: Sequence[web.AbstractRouteDef] = ()


def make_app(site: Site) -> web.Application:
    """The application, to be run by the composition root."""
    app = web.Application(middlewares=[speak_safely], client_max_size=LARGEST_POST)
    app.add_routes([*health.routes(site.checks), *site.metrics.routes(), *site.more])
    app.router.add_static("/static", HERE / "static")
    if site.playground is None:
        app.add_routes([web.get("/", plain_page)])
    else:
        _open(app, site.playground)
    return app


def _open(app: web.Application, playground: Playground) -> None:
    """The playground at ``/``, for this machine's own browser alone."""
    token = new_token()
    app.middlewares.append(own_pages_only(token))
    app.add_routes(Routes(Pages(playground, token)).table())

    async def let_tabs_go(_app: web.Application) -> None:
        playground.transcript.tell_all(None)

    app.on_shutdown.append(let_tabs_go)


async def plain_page(_request: web.Request) -> web.Response:
    """For whoever opens the address in a browser."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    return web.Response(text=pages.get_template("plain.html").render(), content_type="text/html")
