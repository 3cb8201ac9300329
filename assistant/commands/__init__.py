"""The commands of `vraagwijzer`: one module each, with `add_parser` and a function that runs it."""


class CommandError(Exception):
    """Tell in one clear sentence why a command stops; the command line exits with 1."""
