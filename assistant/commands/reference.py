"""Write the reference of every command in Markdown, from the parser itself."""

import argparse
from collections.abc import Iterator

_HEAD = """# Commands
Made from the command line itself by `make docs`; a test compares the two.

Exit codes: 0 done (a fallback is an answer too), 1 a check says no, a broken corpus or a busy port,
2 wrong use. Errors are one clear line on standard error. `vraagwijzer --version` gives the version.
"""


def reference(parser: argparse.ArgumentParser) -> str:
    """Give the reference of a parser with subcommands, as a Markdown document."""
    return _HEAD + "".join(_sections(parser))


def _sections(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in sorted(action.choices.items()):
            yield f"\n## {command.prog}\n{helps.get(name, '').capitalize()}.\n"
            rows = [_row(option) for option in command._actions if _is_documented(option)]
            if rows:
                yield "\n| | |\n|---|---|\n" + "".join(rows)
            yield from _sections(command)


def _is_documented(action: argparse.Action) -> bool:
    return not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)


def _row(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    names = [f"{name} {metavar}" if action.nargs != 0 else name for name in action.option_strings]
    return f"| `{', '.join(names) or metavar}` | {_escaped(action.help or '')} |\n"


def _escaped(text: str) -> str:
    return text.replace("%%", "%").replace("|", "\\|")
