"""Modals and home tabs: the views.* methods, and what an acknowledged submission does."""

import json

from tests.servers.slack import limits, shapes
from tests.servers.slack.workspace import Json, SlackError, View, Workspace


def view_in(args: Json, kind: str) -> Json:
    """The view of a call, which may come as JSON text, checked."""
    given = args.get("view")
    view: Json = json.loads(given) if isinstance(given, str) else (given or {})
    problems = [*shapes.view(view, "/view", kind)]
    if any(problem.message == "view_too_large" for problem in problems):
        raise SlackError("view_too_large")
    if problems:
        words = [str(problem) for problem in problems]
        raise SlackError("invalid_arguments", response_metadata={"messages": words})
    return view


def as_json(space: Workspace, view: View) -> Json:
    """A view as payloads and answers carry it."""
    content = view.content
    return {
        "id": view.id,
        "team_id": space.team,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title"}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": "A1",
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": space.team,
        "bot_id": space.bot_id,
    }


def opening(space: Workspace, args: Json) -> Json:
    """views.open"""
    content = view_in(args, "modal")
    trigger = space.exchange(str(args.get("trigger_id", "")))
    view = space.new_view(trigger.owner, content)
    space.stacks[trigger.owner] = [view]
    return {"view": as_json(space, view)}


def push(space: Workspace, args: Json) -> Json:
    """views.push"""
    content = view_in(args, "modal")
    trigger = space.exchange(str(args.get("trigger_id", "")))
    stack = space.stacks.get(trigger.owner, [])
    if not stack or trigger.from_view is None:
        raise SlackError("not_found")
    return {"view": as_json(space, _push(space, trigger.owner, content))}


def _push(space: Workspace, owner: str, content: Json) -> View:
    stack = space.stacks[owner]
    if len(stack) >= limits.VIEW_STACK.most:
        raise SlackError("push_limit_reached")
    stack.append(space.new_view(owner, content, stack[-1]))
    return stack[-1]


def update(space: Workspace, args: Json) -> Json:
    """views.update"""
    view = space.view(str(args.get("view_id", "")))
    content = view_in(args, view.content["type"])
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    space.refill(view, content)
    return {"view": as_json(space, view)}


def publish(space: Workspace, args: Json) -> Json:
    """views.publish"""
    account = space.account(str(args.get("user_id", "")))
    content = view_in(args, "home")
    present = space.homes.get(account.id)
    if args.get("hash") and (present is None or args["hash"] != present.hash):
        raise SlackError("hash_conflict")
    if present:
        space.refill(present, content)
    else:
        space.homes[account.id] = space.new_view(account.id, content)
    return {"view": as_json(space, space.homes[account.id])}


def apply_response(space: Workspace, view: View, answer: Json) -> None:
    """Does what the acknowledgement of a view_submission asks for."""
    stack = space.stacks[view.owner]
    action = answer.get("response_action")
    allowed = {
        "errors": {"errors"},
        "update": {"view"},
        "push": {"view"},
        "clear": set[str](),
        None: set[str](),
    }
    if action not in allowed or set(answer) - {"response_action"} != allowed[action]:
        raise SlackError("invalid_response", messages=[f"not a response_action: {answer}"])
    match action:
        case "errors":
            _show_errors(view, answer["errors"])
        case "update":
            space.refill(view, view_in(answer, "modal"))
        case "push":
            _push(space, view.owner, view_in(answer, "modal"))
        case "clear":
            stack.clear()
        case _:
            stack.remove(view)


def _show_errors(view: View, errors: Json) -> None:
    known = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
    if not errors or set(errors) - known:
        raise SlackError("invalid_response", messages=[f"errors name no input block: {errors}"])
    if not all(isinstance(words, str) and words for words in errors.values()):
        raise SlackError("invalid_response", messages=["an error must be a sentence"])
    view.errors = dict(errors)


METHODS = {
    "views.open": opening,
    "views.publish": publish,
    "views.push": push,
    "views.update": update,
}
