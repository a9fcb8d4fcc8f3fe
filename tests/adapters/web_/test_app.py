"""The site over HTTP: pages, posts and streams; health, metrics and the plain page."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import Site, make_app
from adapters.web.metrics import Metrics
from bot.invocation import Call, Invocation, Upload, write_id
from bot.reply import Attachment, Buttons, Choice, Picture, Reply, answer, button, text
from tests.adapters.web_ import gallery
from tests.adapters.web_.client import a_tab, next_event
from tests.adapters.web_.sample import Script, a_playground


async def test_what_is_said_reaches_the_core_and_its_answer_the_room() -> None:
    script = Script(lambda said: answer(text("You said {words}", words=said.typed)))
    async with a_tab(a_playground(script)) as tab:
        assert await (await tab.posts("/say", words="<hello>")).json() == {"change": 2}
        page = await tab.opens()
    assert [each.typed for each in script.asked] == ["<hello>"]
    assert "You said <bdi>&lt;hello&gt;</bdi>" in page
    assert "You said" not in page.replace("You said <bdi>", "")


async def test_a_dm_is_seen_by_its_member_alone() -> None:
    async with a_tab(a_playground(Script())) as tab:
        await tab.posts("/say", words="a secret of Ana's")
        assert "a secret" in await tab.opens("ana", "dm")
        assert "a secret" not in await tab.opens("ben", "dm")


async def test_the_class_reads_the_channel_but_not_what_snowball_answers_there() -> None:
    script = Script(lambda _: answer(text("for Ana alone")))
    async with a_tab(a_playground(script)) as tab:
        await tab.posts("/say", words="Hello all", **{"in": "channel"})
        await tab.posts("/say", words="/alum find x", **{"in": "channel"})
        ana, ben = await tab.opens("ana", "channel"), await tab.opens("ben", "channel")
    assert [each.command for each in script.asked] == ["alum find"]
    assert "Hello all" in ana
    assert "Hello all" in ben
    assert "for Ana alone" in ana
    assert "Only you can see this" in ana
    assert "for Ana alone" not in ben


async def test_a_form_comes_back_to_the_one_who_asked_and_keeps_what_was_typed() -> None:
    def reply(said: Invocation) -> Reply:
        return gallery.every_field(wrong=said.how == "form")

    async with a_tab(a_playground(Script(reply))) as tab:
        first = await (await tab.posts("/say", words="/question")).json()
        assert "Log a talk" in first["form"]
        again = await (await tab.posts("/form", draft="draft-1", cohort=1)).json()
    assert 'aria-invalid="true"' in again["form"]
    assert "&lt;b&gt;Dnaa&lt;/b&gt;" in again["form"]
    assert "Line one\n&lt;/textarea&gt;" in again["form"]
    assert "Kept: <bdi>old.csv</bdi>" in again["form"]


async def test_a_file_reaches_the_core_byte_for_byte() -> None:
    script = Script()
    content = bytes(range(256)) * 9
    async with a_tab(a_playground(script)) as tab:
        await tab.posts("/form", draft="d", cohort=1, **{"f.table": ("alumni.csv", content)})
    assert script.asked[0].arguments == {"table": Upload("alumni.csv", content)}


async def test_a_press_that_replaces_takes_the_messages_place() -> None:
    done = Call("thanks sent", {"talk": "1"})

    def reply(said: Invocation) -> Reply:
        if said.how == "pressed":
            return answer(text("Done"))
        return answer(text("Thanked?"), Buttons((button("Sent", done, replaces=True),)))

    playground = a_playground(Script(reply))
    async with a_tab(playground) as tab:
        await tab.posts("/say", words="hi")
        asked = playground.transcript.seen_in("dm", "ana")[-1]
        pressed = write_id(done, 1, 0, replaces=True)
        await tab.posts("/press", message=asked.id, button=pressed)
        page = await tab.opens()
    assert "Thanked?" not in page
    assert f'id="m{asked.id}"' in page
    assert "Done" in page


async def test_what_the_whole_class_sees_is_not_replaced_by_one_members_answer() -> None:
    playground = a_playground(Script())
    shared = playground.post("channel", "", answer(text("Who knows somebody in law?")), 1)
    pressed = write_id(Call("intro offer"), 1, 0, replaces=True)
    async with a_tab(playground) as tab:
        await tab.posts("/press", message=shared.id, button=pressed, **{"in": "channel"})
        assert "Who knows somebody in law?" in await tab.opens("ana", "channel")
        assert "Yes." not in await tab.opens("ben", "channel")


async def test_two_tabs_hear_of_a_message_as_it_happens() -> None:
    async with a_tab(a_playground(Script())) as tab:
        streams = [await tab.client.get("/events", params={"as": "ana"}) for _tab in (1, 2)]
        for stream in streams:
            assert (await next_event(stream)).name == "reload"
        await tab.posts("/say", words="hi")
        for stream in streams:
            mine, answered = await next_event(stream), await next_event(stream)
            assert "hi" in mine.data["html"]
            assert "Yes." in answered.data["html"]
            stream.close()


async def test_a_tab_that_was_away_gets_what_it_missed() -> None:
    playground = a_playground(Script())
    async with a_tab(playground) as tab:
        after = f"{playground.transcript.run}-{playground.transcript.change}"
        await tab.posts("/say", words="while you were away")
        stream = await tab.client.get("/events", params={"as": "ana", "after": after})
        missed = await next_event(stream)
        assert "while you were away" in missed.data["html"]
        stream.close()


async def test_nobody_hears_of_another_members_dm() -> None:
    playground = a_playground(Script())
    async with a_tab(playground) as tab:
        after = f"{playground.transcript.run}-{playground.transcript.change}"
        stream = await tab.client.get("/events", params={"as": "ben", "after": after})
        assert (await next_event(stream)).name == "clock"
        await tab.posts("/say", words="a secret")
        await tab.posts("/say", words="to all", **{"in": "channel"})
        assert "to all" in (await next_event(stream)).data["html"]
        stream.close()


async def test_moving_the_clock_lets_what_is_due_arrive_on_the_way() -> None:
    playground = a_playground(Script())
    seen: list[str] = []

    async def tick() -> None:
        seen.append(playground.reader(playground.people[0]).short(playground.clock.now()))

    playground.tick = tick
    async with a_tab(playground) as tab:
        await tab.posts("/clock", move="hour")
        page = await tab.opens()
    assert seen == ["Mon 9 Mar, 10:00", "Mon 9 Mar, 10:30"]
    assert "Mon 9 Mar, 10:30" in page


async def test_completion_and_suggestions_are_fragments() -> None:
    script = Script(suggestions=[Choice("17", 'Dana "D" <Lee>')])
    async with a_tab(a_playground(script)) as tab:
        commands = await tab.client.get("/complete", params={"as": "ana", "words": "/ques"})
        assert commands.headers["X-Enter-Takes"] == "1"
        assert 'data-text="/question "' in await commands.text()
        values = await tab.client.get(
            "/suggest", params={"as": "ana", "command": "alum find", "parameter": "field"}
        )
        assert "Dana &#34;D&#34; &lt;Lee&gt;" in await values.text()


async def test_files_are_given_to_those_who_see_their_message() -> None:
    parts = (Attachment("täble.html", b"<script>", "text/html"), Picture(gallery.DOT, text("dot")))
    playground = a_playground(Script())
    sent = playground.post("dm", "ana", answer(*parts), 1)
    async with a_tab(playground) as tab:
        kept = await tab.client.get(f"/file/{sent.id}/0", params={"as": "ana"})
        assert (kept.status, await kept.read()) == (200, b"<script>")
        assert kept.headers["Content-Disposition"] == "attachment; filename*=UTF-8''t%C3%A4ble.html"
        shown = await tab.client.get(f"/file/{sent.id}/1", params={"as": "ana"})
        assert shown.content_type == "image/png"
        for address in (f"/file/{sent.id}/0?as=ben", f"/file/{sent.id}/9?as=ana", "/file/x/0"):
            assert (await tab.client.get(address)).status == 404


@pytest.mark.parametrize(
    "fields", [{"key": ""}, {"picked": "no json"}, {"picked": "[1]"}, {"picked": '[{"label": 1}]'}]
)
async def test_a_post_that_our_script_would_not_send_is_refused(fields: dict[str, str]) -> None:
    script = Script()
    async with a_tab(a_playground(script)) as tab:
        assert (await tab.posts("/say", words="/question", **fields)).status == 400
    assert script.asked == []


async def test_the_same_event_sent_again_shows_nothing_twice() -> None:
    async with a_tab(a_playground(Script(lambda _: None))) as tab:
        assert (await tab.posts("/press", button="1:question#0", message=0)).status == 200
        assert 'class="message bot' not in (await tab.opens()).replace("bot thinking", "")


async def test_without_a_playground_there_is_a_plain_page() -> None:
    async with TestClient(TestServer(make_app(Site()))) as client:
        page = await client.get("/", headers={"Host": "bot.example.org"})
        assert "Snowball is running" in await page.text()
        assert (await client.get("/events")).status == 404


async def test_health_says_what_is_not_ready() -> None:
    states = {"database": True, "slack": False}
    checks = {name: (lambda name=name: states[name]) for name in states}
    async with TestClient(TestServer(make_app(Site(checks=checks)))) as client:
        assert (await client.get("/healthz")).status == 200
        ready = await client.get("/readyz")
        assert (ready.status, await ready.json()) == (
            503, {"status": "not ready", "checks": {"database": True, "slack": False}},
        )  # fmt: skip
        states["slack"] = True
        assert (await client.get("/readyz")).status == 200


async def test_metrics_are_in_prometheus_form() -> None:
    metrics = Metrics()
    metrics.invocations.labels("slack", "question", "answered").inc()
    metrics.watch("snowball_waiting", "Messages that are due.", lambda: 3)
    async with TestClient(TestServer(make_app(Site(metrics=metrics)))) as client:
        page = await (await client.get("/metrics")).text()
    assert (
        'snowball_invocations_total{command="question",outcome="answered",surface="slack"} 1.0'
        in page
    )
    assert "snowball_waiting 3.0" in page
    assert "python_gc_collections_total" in page


async def test_routes_of_other_adapters_are_served_beside() -> None:
    async def events(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    site = Site(more=(web.post("/slack/events", events),))
    async with TestClient(TestServer(make_app(site))) as client:
        assert await (await client.post("/slack/events")).text() == "ok"


async def test_open_streams_do_not_hold_up_a_stop() -> None:
    server = TestServer(make_app(Site(playground=a_playground(Script()))))
    async with TestClient(server) as client:
        stream = await client.get("/events", params={"as": "ana"})
        await next_event(stream)
        await asyncio.wait_for(server.close(), 5)


async def test_a_file_goes_to_snowball_and_to_no_other_room() -> None:
    """With words or without; a room that others read takes none, and keeps none."""
    script = Script()
    async with a_tab(a_playground(script)) as tab:
        await tab.posts("/say", file=("people.csv", b"name\nDana"), words="my people")
        await tab.posts("/say", file=("more.csv", b"name\nLee"))
        await tab.posts("/say", file=("all.csv", b"name\nMax"), **{"in": "channel"})
        assert [(each.command, each.typed, each.how) for each in script.asked] == [
            ("snowball", "my people", "said"),
            ("snowball", "", "said"),
        ]
        assert script.asked[0].arguments == {"file": Upload("people.csv", b"name\nDana")}
        page = await tab.opens()
        assert "[people.csv]" in page
        assert 'id="clip"' in page
        assert 'id="clip"' not in await tab.opens(room="channel")
