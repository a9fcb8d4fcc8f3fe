"""Bytes of an uploaded file → its text and the name of its encoding, or a sentence why not."""

import codecs
import re

from bot.files.refused import FileRefused

MAX_BYTES = 30_000_000  # 100,000 alumni are 10 MB, and twice that in UTF-16
MOST_LINES = 300_000  # blank ones too: thirty million line breaks would take a minute to walk

_SAVE_AS_CSV = "Open it in your spreadsheet program, save it as CSV, and send me that."
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", f"That is an Excel workbook or a zip archive. {_SAVE_AS_CSV}"),
    (b"PK\x05\x06", "That is an empty zip archive."),
    (b"\xd0\xcf\x11\xe0", f"That is an old Excel or Word file. {_SAVE_AS_CSV}"),
    (b"\x1f\x8b", "That file is compressed (gzip). Unpack it first and send me the CSV inside."),
    (b"%PDF", "That is a PDF. I need the table itself as a CSV file."),
    (b"\x89PNG", "That is a picture. I need the table itself as a CSV file."),
    (b"\xff\xd8\xff", "That is a picture. I need the table itself as a CSV file."),
    (b"{\\rtf", "That is a rich text document. I need the table itself as a CSV file."),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKUP = re.compile(r"\s*(<!doctype|<html|<table|<\?xml|<head|<body)", re.IGNORECASE)
_SAMPLE = 8192
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, most: int = MAX_BYTES) -> tuple[str, str]:
    """The text and its encoding."""
    if not data.strip(b"\x00 \t\r\n"):
        raise FileRefused("That file is empty.")
    if len(data) > most:
        raise FileRefused(
            f"That file is too big: {len(data) / 1e6:.0f} MB, and I take up to "
            f"{most / 1e6:.0f} MB. Split it into smaller ones."
        )
    for magic, sentence in _MAGIC:
        if data.startswith(magic):
            raise FileRefused(sentence)
    text, encoding = _text_of(data)
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MOST_LINES:
        raise FileRefused(
            f"That file has {lines:,} lines, and I take up to {MOST_LINES:,}. "
            "Split it into smaller ones."
        )
    _refuse_what_is_no_table(text[:_SAMPLE])
    return text, encoding


def _text_of(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if encoding := _utf16_without_mark(data[:_SAMPLE]):
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _damaged_or_windows(data)


def _utf16_without_mark(sample: bytes) -> str | None:
    """Mostly Latin text in UTF-16 has a zero in every second byte."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > 0.6 * pairs and sample[::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if pairs and sample[::2].count(0) > 0.6 * pairs and sample[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _damaged_or_windows(data: bytes) -> tuple[str, str]:
    """UTF-8 with a few broken bytes stays UTF-8; otherwise it is what old Excel writes."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = len(data) - len(text) - 2 * broken  # rough: continuation bytes that were understood
    if sound > 10 * broken:
        return text, "utf-8"
    return data.decode("cp1252", errors="replace"), "windows-1252"


def _refuse_what_is_no_table(sample: str) -> None:
    if len(_BINARY.findall(sample)) > 0.02 * len(sample) + 1:
        raise FileRefused("That is not a text file. I need a table saved as CSV.")
    if _MARKUP.match(sample):
        raise FileRefused(f"That is a web page, not a table, whatever it is called. {_SAVE_AS_CSV}")
    if sample.lstrip().startswith(("{", "[{", '["', "[[")):
        raise FileRefused("That is JSON. I need a table saved as CSV.")
