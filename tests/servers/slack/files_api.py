"""Files: the upload in three steps, and fetching what a person attached."""

import json
import secrets

from aiohttp import web

from tests.servers.slack.messages_api import channel_in, may_post
from tests.servers.slack.workspace import Json, SlackError, Workspace


def new_file(space: Workspace, base: str, name: str, content: bytes | None, owner: str) -> Json:
    """A file's record with its private addresses; ``content`` is kept beside it."""
    file_id = f"F{space.team[1:]}{space.number():04d}"
    address = f"{base}files-pri/{space.team}-{file_id}"
    space.files[file_id] = {
        "id": file_id,
        "name": name,
        "title": name,
        "mimetype": "application/octet-stream",
        "filetype": name.rpartition(".")[2],
        "size": len(content or b""),
        "mode": "hosted",
        "user": owner,
        "url_private": f"{address}/{name}",
        "url_private_download": f"{address}/download/{name}",
        "content": content,
        "secret": secrets.token_hex(8),
    }
    return space.files[file_id]


def public(file: Json) -> Json:
    """A file's record without its content."""
    return {key: value for key, value in file.items() if key not in {"content", "secret"}}


def upload_url(space: Workspace, args: Json, base: str) -> Json:
    """files.getUploadURLExternal"""
    name, length = args.get("filename"), int(args.get("length") or 0)
    if not name or length <= 0:
        raise SlackError("invalid_arguments")
    if len(args.get("alt_txt") or "") > 1000:
        raise SlackError("alt_txt_too_large")
    file = new_file(space, base, name, None, space.bot.id)
    file |= {"size": length, "alt_txt": args.get("alt_txt")}
    address = f"{base}upload/v1/{space.team}/{file['id']}/{file['secret']}"
    return {"upload_url": address, "file_id": file["id"]}


def receive(space: Workspace, file_id: str, secret: str, body: bytes) -> web.Response:
    """The upload itself: exactly the bytes announced."""
    file = space.files.get(file_id)
    if file is None or file["secret"] != secret:
        return web.Response(status=404, text="not found")
    if len(body) != file["size"]:
        return web.Response(status=400, text="length does not match")
    file["content"] = body
    return web.Response(text=f"OK - {len(body)}")


def complete(space: Workspace, args: Json) -> Json:
    """files.completeUploadExternal: shares what was uploaded, as one message."""
    given = args.get("files") or []
    given = json.loads(given) if isinstance(given, str) else given
    files = [space.files.get(item.get("id")) for item in given]
    if not files or any(file is None or file["content"] is None for file in files):
        raise SlackError("file_not_found")
    known = [file for file in files if file is not None]
    for file, item in zip(known, given, strict=True):
        file["title"] = item.get("title") or file["name"]
    if args.get("channel_id"):
        channel = channel_in(space, args, "channel_id")
        may_post(space, channel)
        comment = args.get("initial_comment") or ""
        posted = space.post(channel, space.bot.id, comment, [])
        posted.files = [public(file) for file in known]
    return {"files": [public(file) for file in known]}


def info(space: Workspace, args: Json) -> Json:
    """files.info"""
    file = space.files.get(str(args.get("file", "")))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": public(file)}


METHODS = {"files.completeUploadExternal": complete, "files.info": info}
