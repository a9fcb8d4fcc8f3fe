"""The log: one line an event, on standard error, never with anybody's words in it."""

import logging
import sys

import structlog


def set_up_logs() -> None:
    """Readable in a terminal, JSON where a machine reads."""
    shown = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is at that moment
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
