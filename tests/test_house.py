"""The house rules that no linter knows: budgets, names, and what files may not say."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 400
LONGEST_PLATFORM_FILE = 250
MEDIAN_FILE = 120
LONG_FUNCTION = 35
PLATFORMS = ("slack", "discord")
# The operator's settings are named by platform: they are the outside, not the core's rules.
MAY_NAME_PLATFORMS = {"bot/settings.py"}
# Written in two halves, so that this file is not its own finding.
REGISTRY_HOSTS = (
    "pypi." + "org",
    "python" + "hosted",
    "npmjs." + "org",
    "npmjs." + "com",
    "deb.debian." + "org",
    "crates." + "io",
    "proxy.golang." + "org",
)


def ours() -> list[Path]:
    """The project's own files: what git knows, and what it will know at the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def code(*folders: str) -> Iterator[tuple[str, str]]:
    """Our Python files in these folders: the path from the root, and the text."""
    for path in ours():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and name.startswith(tuple(f"{each}/" for each in folders)):
            yield name, path.read_text(encoding="utf-8")


def lines(source: str) -> int:
    """How long a file is."""
    return source.count("\n")


def too_long(limit: int, *folders: str) -> list[str]:
    """The files over a limit, migrations apart: those only grow older."""
    return [
        f"{name}: {lines(source)} lines"
        for name, source in code(*folders)
        if lines(source) > limit and "/versions/" not in name
    ]


def lengths_of_functions(*folders: str) -> list[int]:
    """The lines of every function, decorators and docstring included."""
    return sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for _, source in code(*folders)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def said_in_code(source: str) -> Iterator[tuple[int, str]]:
    """Names and strings that run; docstrings and comments may say what they like."""
    tree = ast.parse(source)
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in prose:
                yield node.lineno, words
            case ast.Name(id=words) | ast.Attribute(attr=words) | ast.arg(arg=words):
                yield node.lineno, words
            case ast.FunctionDef(name=words) | ast.ClassDef(name=words):
                yield node.lineno, words
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case _:
                pass


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    """A file that does one thing fits; one that does not is two files."""
    assert too_long(LONGEST_FILE, "bot", "adapters", "storage", "docs") == []


def test_a_platforms_file_is_at_most_two_hundred_and_fifty_lines() -> None:
    """Platforms are where files grow; theirs are held shorter."""
    assert too_long(LONGEST_PLATFORM_FILE, *(f"adapters/{each}" for each in PLATFORMS)) == []


def test_half_of_the_files_are_short() -> None:
    """The median file is at most 120 lines."""
    sizes = sorted(lines(source) for _, source in code("bot", "adapters", "storage"))
    assert sizes[len(sizes) // 2] <= MEDIAN_FILE


def test_functions_are_short() -> None:
    """Nineteen of twenty functions have at most 35 lines."""
    lengths = lengths_of_functions("bot", "adapters", "storage")
    assert lengths[int(len(lengths) * 0.95)] <= LONG_FUNCTION


def test_nothing_is_called_utils() -> None:
    """A name says what is in a file; these say nothing."""
    empty_names = {"utils", "util", "helpers", "misc", "common"}
    found = [path for path in ours() if path.suffix == ".py" and path.stem in empty_names]
    assert found == []


def test_the_core_names_no_platform() -> None:
    """A handler never knows whom it serves, so no name or string in bot/ says so."""
    found = [
        f"{name}:{line}: {words[:60]}"
        for name, source in code("bot")
        if name not in MAY_NAME_PLATFORMS
        for line, words in said_in_code(source)
        if re.search("|".join(PLATFORMS), words, re.IGNORECASE)
    ]
    assert found == []


def test_no_file_names_a_registry_host() -> None:
    """Where packages come from is the machine's setting, not the project's."""
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in ours()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert found == []


def test_tests_are_found_by_path_alone() -> None:
    """An __init__.py under tests/ would make tests.adapters shadow the adapters themselves."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_part_of_the_code_says_what_it_is_for() -> None:
    """Each module begins with its purpose and rule."""
    silent = [
        name
        for name, source in code("bot", "adapters", "storage")
        if source.strip() and "/versions/" not in name and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []
