"""Command `evaluate`: measure how well labelled questions are answered."""

import argparse
from pathlib import Path
from typing import Any

from assistant.commands.measuring import add_question_options, check_writable, measure_with, write
from assistant.commands.options import add_corpus_option
from assistant.evaluation.groups import ALL, Group
from assistant.evaluation.html import to_html
from assistant.evaluation.report import Report, with_baselines, with_learning_curves, with_spelling
from assistant.evaluation.saved import to_json
from assistant.evaluation.trec import run_lines
from assistant.evaluation.wording import decimal, figure_text, group_wording, measure_wording


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("evaluate", help="meet hoe goed vragen beantwoord worden")
    add_corpus_option(parser)
    add_question_options(parser)
    for name, what in (("json", "als JSON"), ("html", "als pagina"), ("run", "als TREC-run")):
        parser.add_argument(
            f"--{name}",
            dest=f"{name}_file",
            type=Path,
            metavar="BESTAND",
            help=f"schrijf de uitkomst {what}",
        )
    parser.add_argument(
        "--baselines",
        action="store_true",
        help="meet ook vier eenvoudige manieren van zoeken (met --html altijd)",
    )
    parser.add_argument(
        "--learning-curve",
        action="store_true",
        help="meet ook met minder formuleringen en minder vrij gestelde vragen; duurt minuten",
    )
    parser.add_argument(
        "--edits",
        type=_counts,
        default=(),
        metavar="1,2,3",
        help="meet ook met zoveel willekeurige spelfouten in elke vraag",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure, print the figures, and write the files that are asked for."""
    check_writable(args.json_file, args.html_file, args.run_file)
    report, assistant = measure_with(args)
    corpus = assistant.corpus
    if args.baselines or args.html_file:
        report = with_baselines(report, corpus)
    if args.learning_curve:
        report = with_learning_curves(report, corpus)
    if args.edits:
        report = with_spelling(report, assistant, args.edits)
    if args.json_file:
        write(args.json_file, to_json(report))
    if args.html_file:
        write(args.html_file, to_html(report, corpus))
    if args.run_file:
        write(args.run_file, "".join(run_lines(report.native)))
    print("\n".join(_lines(report)))
    return 0


def _lines(report: Report) -> list[str]:
    about = report.about
    lines = [f"{about.corpus_title}, versie {about.corpus_version}"]
    for group in _printed(report):
        lines += ["", *_group_lines(group)]
    for baseline in report.baselines:
        if baseline.missing:
            lines += ["", baseline.missing]
    return lines + _spelling_lines(report)


def _spelling_lines(report: Report) -> list[str]:
    lines = ["", "Spelfouten: eerste keus klopt nog, en hoeveel procentpunt minder"]
    for result in report.spelling:
        drop = " tot ".join(decimal(100 * end, 1) for end in (result.drop.low, result.drop.high))
        lines.append(
            f"  {result.set_name:<20} {result.edits} per vraag  {decimal(result.success.value, 3)}"
            f"  {decimal(100 * result.drop.value, 1)} ({drop})"
        )
    return lines if report.spelling else []


def _counts(text: str) -> tuple[int, ...]:
    counts = tuple(int(part) for part in text.split(","))
    if not all(1 <= count <= 20 for count in counts):
        raise ValueError
    return counts


def _printed(report: Report) -> list[Group]:
    """Give the groups to print: all, each set when there are several, and other languages."""
    sets = [group for group in report.groups if group.name.startswith("set ")]
    readings = [group for group in sets if "," in group.name]
    foreign = [group for group in report.groups if group.figure("refused")]
    everything = [group for group in report.groups if group.name == ALL]
    several = len(sets) - len(readings) > 1
    return [*everything, *(sets if several else readings), *foreign]


def _group_lines(group: Group) -> list[str]:
    counts = f"{group.in_scope} in de FAQ, {group.out_of_scope} niet"
    lines = [f"{group_wording(group.name)}: {group.count} vragen, {counts}"]
    for figure in group.figures:
        low, high = (figure_text(figure.name, end) for end in (figure.low, figure.high))
        value = figure_text(figure.name, figure.value)
        label = measure_wording(figure.name).label
        lines.append(f"  {figure.name:<44} {value:>9}  ({low} tot {high})  {label}")
    return lines
