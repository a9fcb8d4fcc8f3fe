"""Speed, measured beside the simplest thing that could do the same; `make bench` prints it."""
