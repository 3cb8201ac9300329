"""Turn a corpus folder into a Corpus, collecting every problem on the way."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import yaml

from corpus.labels import TableReader, read_labels, read_text
from corpus.models import (
    CHATTER_KINDS,
    ChatterKind,
    Contact,
    Corpus,
    Entry,
    Gap,
    LabelledSet,
    Promise,
    Texts,
)
from corpus.validation import (
    ENTRY_ID,
    GAP_ID,
    CorpusError,
    Origin,
    Problem,
    check_corpus,
    is_safe_url,
)

T = TypeVar("T")
_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENTRY_FIELDS: Final = {
    "id": str,
    "section": str,
    "question": str,
    "short_answer": str,
    "source": str,
    "related": list,
    "signpost": str,
    "phrasings": list,
}
_ENTRY_REQUIRED: Final = ("id", "section", "question", "short_answer", "source")
_GAP_FIELDS: Final = {"id": str, "title": str, "phrasings": list}
_GAP_REQUIRED: Final = ("id", "title")
TOML_FIELDS: Final = {
    "title": str,
    "language": str,
    "subject": str,
    "source": str,
    "source_url": str,
    "examples": list,
    "promise": dict,
    "contact": list,
    "texts": dict,
}
_TOML_REQUIRED: Final = ("title", "language", "subject", "source", "contact", "texts")
_KIND_NAMES: Final[Mapping[type, str]] = {str: "tekst", list: "een lijst", dict: "een tabel"}
TEXT_FIELDS: Final = ("greeting", "thanks", "fallback", "technical", "noise")


class _Page(NamedTuple):
    """Hold a Markdown file with front matter: its fields, its body, and where each stood."""

    path: Path
    fields: dict[str, Any]
    body: str
    origin: Origin


class CorpusReader:
    """Read one corpus folder, collecting problems instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[Problem] = []
        self._origins: dict[str, Origin] = {}

    def read(self) -> Corpus:
        """Give the corpus, or raise CorpusError with every problem found."""
        if not self._folder.is_dir():
            message = "deze map bestaat niet. Geef met --corpus de map van een corpus op."
            raise CorpusError([Problem(self._folder, 1, message)])
        settings = self._settings()
        entries = self._pages("entries", ENTRY_FIELDS, _ENTRY_REQUIRED, ENTRY_ID, self._entry)
        # Files are read by name, which puts p before q; readers want the FAQ's own questions first.
        entries.sort(key=lambda entry: entry.is_practical)
        gaps = self._pages("gaps", _GAP_FIELDS, _GAP_REQUIRED, GAP_ID, self._gap)
        if not entries and not self._problems:
            self._note(self._folder / "entries", 1, "er staat geen enkele vraag in deze map.")
        corpus = Corpus(
            **settings,
            entries=tuple(entries),
            gaps=tuple(gaps),
            out_of_scope=self._lines("out-of-scope.txt"),
            chatter=self._rows("chatter.tsv", _chatter_row),
            jargon=self._rows("jargon.tsv", _jargon_row),
            training=self._labels("training"),
            calibration=self._labels("calibration"),
        )
        self._problems += check_corpus(corpus, self._origins, self._folder)
        if self._problems:
            raise CorpusError(self._problems)
        return corpus

    def _note(self, path: Path, line: int, message: str) -> None:
        self._problems.append(Problem(path, line, message))

    # corpus.toml

    def _settings(self) -> dict[str, Any]:
        path = self._folder / "corpus.toml"
        text = read_text(path, self._problems)
        raw: dict[str, Any] = {}
        if text is not None:
            try:
                raw = tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                found = re.search(r"line (\d+)", str(error))
                line = int(found[1]) if found else text.count("\n") + 1
                self._note(path, line, f"de TOML klopt niet: {error}.")
                text = None
        lines = _TomlLines(text or "")
        if text is not None:
            self._check_fields(path, raw, TOML_FIELDS, _TOML_REQUIRED, lines.of)
        texts = self._table(path, raw, "texts", (*TEXT_FIELDS, "other_language"), lines)
        promise = self._table(
            path, raw, "promise", ("wrong_among_shown", "out_of_scope_share"), lines
        )
        if text is not None and "texts" in raw:
            for name in TEXT_FIELDS:
                if not _text(texts, name):
                    self._note(
                        path, lines.of("texts"), f"'{name}' ontbreekt of is leeg in [texts]."
                    )
        return {
            **{name: _text(raw, name) for name in ("title", "language", "subject", "source")},
            "source_url": self._url(path, _text(raw, "source_url"), lines.of("source_url")),
            "examples": tuple(str(x) for x in raw.get("examples", ()) if isinstance(x, str)),
            "contacts": self._contacts(path, raw.get("contact"), lines),
            "texts": Texts(
                **{name: _text(texts, name) for name in TEXT_FIELDS},
                other_language=self._other_languages(path, texts, lines),
            ),
            "promise": self._promise(path, promise, lines),
        }

    def _table(
        self,
        path: Path,
        raw: Mapping[str, Any],
        name: str,
        known: Iterable[str],
        lines: "_TomlLines",
    ) -> dict[str, Any]:
        table = raw.get(name)
        if not isinstance(table, dict):
            return {}
        for key in table.keys() - set(known):
            self._note(path, lines.of(key), f"onbekende sleutel {key!r} in [{name}].")
        return table

    def _other_languages(
        self, path: Path, texts: Mapping[str, Any], lines: "_TomlLines"
    ) -> dict[str, str]:
        found = texts.get("other_language", {})
        if isinstance(found, dict) and all(isinstance(v, str) for v in found.values()):
            return found
        message = "in [texts.other_language] hoort bij elke taalcode een tekst."
        self._note(path, lines.of("texts.other_language"), message)
        return {}

    def _promise(self, path: Path, raw: Mapping[str, Any], lines: "_TomlLines") -> Promise:
        values: dict[str, float] = {}
        for name, value in raw.items():
            if name not in ("wrong_among_shown", "out_of_scope_share"):
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
                message = f"'{name}' moet een getal tussen 0 en 1 zijn, niet {value!r}."
                self._note(path, lines.of(name), message)
                continue
            values[name] = float(value)
        return Promise(**values)

    def _contacts(self, path: Path, raw: object, lines: "_TomlLines") -> tuple[Contact, ...]:
        found = []
        for number, table in enumerate(raw if isinstance(raw, list) else []):
            line = lines.of("contact", number)
            needed = ("label", "explanation")
            if not isinstance(table, dict) or any(not _text(table, name) for name in needed):
                message = "een contact heeft 'label' en 'explanation' nodig; 'url' mag erbij."
                self._note(path, line, message)
                continue
            for key in table.keys() - {*needed, "url"}:
                self._note(path, line, f"onbekende sleutel {key!r} in [[contact]].")
            if "url" in table and not _text(table, "url"):
                message = "'url' is leeg of geen tekst. Vul een adres in of haal de regel weg."
                self._note(path, line, message)
            url = self._url(path, _text(table, "url"), line)
            found.append(Contact(table["label"], url, table["explanation"]))
        return tuple(found)

    def _url(self, path: Path, url: str, line: int) -> str:
        if url and not is_safe_url(url):
            self._note(path, line, f"{url!r} is geen geldig adres. Begin met https:// of mailto:.")
        return url

    # entries/*.md and gaps/*.md

    def _pages(
        self,
        name: str,
        types: Mapping[str, type],
        required: Sequence[str],
        pattern: re.Pattern[str],
        build: Callable[[_Page], T],
    ) -> list[T]:
        found = []
        folder = self._folder / name
        for path in sorted(folder.glob("*.md")):
            page = self._page(path)
            if page is None:
                continue
            if not self._check_fields(path, page.fields, types, required, page.origin.line):
                continue
            owner = page.fields["id"]
            if not pattern.fullmatch(owner):
                message = f"{owner!r} is geen geldig id; verwacht iets als {_example(pattern)!r}."
                self._note(path, page.origin.line("id"), message)
                continue
            if owner in self._origins:
                other = self._origins[owner].path.name
                self._note(path, page.origin.line("id"), f"id {owner!r} staat ook in {other}.")
                continue
            if not page.body:
                self._note(path, page.origin.line("body"), "de tekst onder de streep is leeg.")
                continue
            self._origins[owner] = page.origin
            found.append(build(page))
        return found

    def _page(self, path: Path) -> _Page | None:
        text = read_text(path, self._problems)
        if text is None:
            return None
        head, body, start = _split_front_matter(text)
        if head is None:
            self._note(path, 1, "het bestand moet beginnen met velden tussen twee regels '---'.")
            return None
        loader = _Loader(head)
        try:
            node = loader.get_single_node()
            fields = loader.construct_document(node) if node else None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark else 1
            self._note(path, line, f"de YAML klopt niet: {getattr(error, 'problem', error)}.")
            return None
        if not isinstance(fields, dict):
            self._note(path, 2, "tussen de regels '---' horen velden: naam, dubbele punt, waarde.")
            return None
        lines, phrasing_lines, doubles = _yaml_lines(node)
        for name, line in doubles:
            self._note(path, line, f"het veld {name!r} staat er dubbel.")
        lines |= {"body": start, "answer": start}
        if "signpost" not in lines:
            lines["signpost"] = start
        return _Page(path, fields, body, Origin(path, lines, phrasing_lines))

    def _check_fields(
        self,
        path: Path,
        fields: Mapping[str, Any],
        types: Mapping[str, type],
        required: Sequence[str],
        line_of: Callable[[str], int],
    ) -> bool:
        before = len(self._problems)
        for name in fields.keys() - types.keys():
            known = ", ".join(types)
            message = f"onbekende sleutel {name!r}. Bekend zijn: {known}."
            self._note(path, line_of(str(name)), message)
        for name in required:
            if name not in fields or fields[name] in (None, "", [], {}):
                self._note(path, line_of(name), f"het veld {name!r} ontbreekt of is leeg.")
        for name, kind in types.items():
            value = fields.get(name)
            if value is None:
                continue
            if not isinstance(value, kind):
                wanted = _KIND_NAMES[kind]
                message = f"het veld {name!r} moet {wanted} zijn, niet {value!r}."
                self._note(path, line_of(name), message)
            elif name != "contact" and not _holds_texts(value):
                message = f"in {name!r} mogen alleen teksten staan. Zet ze tussen aanhalingstekens."
                self._note(path, line_of(name), message)
        return len(self._problems) == before

    def _entry(self, page: _Page) -> Entry:
        fields = page.fields
        return Entry(
            id=fields["id"],
            section=fields["section"],
            question=fields["question"],
            short_answer=fields["short_answer"],
            answer=page.body,
            source=fields["source"],
            related=tuple(fields.get("related") or ()),
            signpost=fields.get("signpost") or "",
            phrasings=tuple(fields.get("phrasings") or ()),
        )

    def _gap(self, page: _Page) -> Gap:
        phrasings = tuple(page.fields.get("phrasings") or ())
        return Gap(page.fields["id"], page.fields["title"], page.body, phrasings)

    # the other files

    def _lines(self, name: str) -> tuple[str, ...]:
        path = self._folder / name
        if not path.exists():
            return ()
        text = read_text(path, self._problems) or ""
        lines = (line.strip() for line in text.split("\n"))
        return tuple(line for line in lines if line and not line.startswith("#"))

    def _rows(self, name: str, build: Callable[[Sequence[str]], T]) -> tuple[T, ...]:
        path = self._folder / name
        if not path.exists():
            return ()
        return tuple(TableReader(self._problems).rows(path, 2, build))

    def _labels(self, name: str) -> LabelledSet:
        folder = self._folder / name
        if not folder.is_dir():
            return LabelledSet()
        loaded = read_labels(folder / "queries.tsv", folder / "qrels.tsv", folder / "slices.tsv")
        self._problems += loaded.problems
        return loaded.labelled


class _TomlLines:
    """Find the line of a key or table in TOML text, for messages."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def of(self, key: str, occurrence: int = 0) -> int:
        pattern = re.compile(rf'\s*(?:\[+\s*{re.escape(key)}\s*\]+|"?{re.escape(key)}"?\s*=)')
        hits = [n for n, line in enumerate(self._lines, 1) if pattern.match(line)]
        return hits[min(occurrence, len(hits) - 1)] if hits else 1


def _chatter_row(cells: Sequence[str]) -> tuple[ChatterKind, str]:
    for kind in CHATTER_KINDS:
        if cells[0] == kind:
            return kind, cells[1]
    raise ValueError(cells[0])


def _jargon_row(cells: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    variants = tuple(variant.strip() for variant in cells[1].split(","))
    if not all(variants):
        raise ValueError(cells[1])
    return cells[0].strip(), variants


def _holds_texts(value: object) -> bool:
    """Tell whether a value that is a list holds filled texts only; other values pass."""
    if not isinstance(value, list):
        return True
    return all(isinstance(item, str) and item.strip() for item in value)


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value.strip() if isinstance(value, str) else ""


def _example(pattern: re.Pattern[str]) -> str:
    return "q01" if pattern is ENTRY_ID else "g01"


def _split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Give the YAML head, the body, and the line on which the body starts."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, "", 1
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == "---":
            rest = lines[number + 1 :]
            blank = next((i for i, row in enumerate(rest) if row.strip()), 0)
            return "\n".join(lines[1:number]), "\n".join(rest).strip(), number + 2 + blank
    return None, "", 1


def _yaml_lines(node: Any) -> tuple[dict[str, int], tuple[int, ...], list[tuple[str, int]]]:
    """Give the line of each field, of each phrasing, and the fields that stand there twice."""
    lines: dict[str, int] = {}
    phrasings: tuple[int, ...] = ()
    doubles = []
    for key, value in node.value:
        line = key.start_mark.line + 2
        if key.value in lines:
            doubles.append((str(key.value), line))
        lines[str(key.value)] = line
        if key.value == "phrasings" and isinstance(value, yaml.SequenceNode):
            phrasings = tuple(item.start_mark.line + 2 for item in value.value)
    return lines, phrasings, doubles
