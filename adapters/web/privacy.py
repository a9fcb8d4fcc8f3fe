"""``/privacy``: the privacy sheet as a page to pass on; it says nothing of anybody."""

from aiohttp import web

from bot.privacy import page

STYLE = '<link rel="stylesheet" href="/static/sheet.css">'


def routes() -> list[web.RouteDef]:
    """The one address."""

    async def sheet(_request: web.Request) -> web.Response:
        words = page("What Snowball stores, who sees it, until when and where.", STYLE)
        return web.Response(text=words, content_type="text/html")

    return [web.get("/privacy", sheet)]
