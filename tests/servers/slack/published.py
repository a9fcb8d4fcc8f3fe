"""The published schemas beside the project, where they are: a second judge over our own tables.

Blocks are held against the branch of their own type, so that an error names the property.
"""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.servers.slack.workspace import Json

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "slack"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published schemas (../shared/data/slack) are not here"
)


@functools.cache
def schema(name: str) -> Json:
    """One schema file."""
    return json.loads((DATA / name).read_text())


@functools.cache
def _branches(name: str) -> dict[str, str]:
    """Type → the definition of it."""
    found: dict[str, str] = {}
    for title, body in schema(name)["definitions"].items():
        branches = body.get("anyOf", [body])
        for branch in branches:
            const: Any = branch.get("properties", {}).get("type", {}).get("const")
            if const and title not in {"PlainTextOption", "MrkdwnOption"}:
                found.setdefault(const, title)
    return found


@functools.cache
def _validator(name: str, definition: str) -> Any:
    whole = schema(name)
    return jsonschema.Draft7Validator(
        {"$ref": f"#/definitions/{definition}", "definitions": whole["definitions"]}
    )


def block_errors(blocks: list[Json], name: str) -> Iterator[str]:
    """What the schemas say against these blocks."""
    for block in blocks:
        definition = _branches(name)[block["type"]]
        for error in _validator(name, definition).iter_errors(block):
            yield f"{block['type']}: {error.json_path} {error.message[:200]}"


def errors(method: str, args: Json) -> list[str]:
    """What the schemas say against an accepted call."""
    if method in {"chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"}:
        blocks = args.get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        return [*block_errors(blocks, "types-Blocks.limits.schema.json")]
    if method.startswith("views."):
        view = args["view"]
        view = json.loads(view) if isinstance(view, str) else view
        kind = "Modal" if view["type"] == "modal" else "Home"
        name = f"types-{kind}.limits.schema.json"
        shell = _validator(name, f"{kind}View").iter_errors({**view, "blocks": []})
        found = [f"view: {error.json_path} {error.message[:200]}" for error in shell]
        return [*found, *block_errors(view["blocks"], name)]
    return []
