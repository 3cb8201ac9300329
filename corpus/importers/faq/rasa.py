"""Read Rasa training data: nlu.yml with examples by intent, and its responses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from corpus.importers.faq.models import DEFAULT_SECTION, DocumentError, Draft, Recognised

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTITY: Final = re.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_LOOKS: Final = re.compile(r"^nlu:\s*$", re.MULTILINE)


def is_rasa(text: str) -> bool:
    """Tell whether a text is Rasa's training data."""
    return _LOOKS.search(text) is not None and re.search(r"^\s*-\s*intent:", text, re.M) is not None


def read_rasa(text: str) -> Recognised:
    """Give a question for each intent that has a response: the first example asks it."""
    content = _load(text)
    responses = content.get("responses")
    answers = dict(_answers(responses)) if isinstance(responses, dict) else {}
    drafts, skipped = [], 0
    for intent, examples in _intents(content.get("nlu")):
        answer = answers.get(intent)
        if not answer or not examples:
            skipped += 1
            continue
        group, _, name = intent.partition("/")
        section = group.replace("_", " ").capitalize() if name else DEFAULT_SECTION
        drafts.append(Draft(section, examples[0], answer, phrasings=tuple(examples[1:])))
    if not drafts:
        raise DocumentError(
            "In dit Rasa-bestand is geen intent met voorbeelden én een antwoord gevonden. "
            "Zet de ‘responses’ erbij."
        )
    remarks = (f"{skipped} intent(s) zonder antwoord zijn weggelaten.",) if skipped else ()
    return Recognised("Rasa-bestand", "", tuple(drafts), remarks=remarks)


def _load(text: str) -> Mapping[str, Any]:
    try:
        # A reference to a reference to a reference grows without end; real data has none.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)):
            raise DocumentError("Dit YAML-bestand gebruikt verwijzingen (*naam). Schrijf ze uit.")
        content = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" op regel {mark.line + 1}" if mark else ""
        raise DocumentError(f"De YAML van dit bestand klopt niet{place}.") from None
    return content if isinstance(content, dict) else {}


def _intents(nlu: object) -> Iterator[tuple[str, list[str]]]:
    for item in nlu if isinstance(nlu, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("intent"), str):
            continue
        examples = item.get("examples")
        rows = examples.split("\n") if isinstance(examples, str) else examples
        found = [_example(row) for row in rows if row] if isinstance(rows, list) else []
        yield item["intent"], [example for example in dict.fromkeys(found) if example]


def _example(row: object) -> str:
    text = row.get("text", "") if isinstance(row, dict) else str(row)
    return " ".join(_ENTITY.sub(r"\g<text>", re.sub(r"^\s*-\s*", "", str(text))).split())


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, variants in responses.items():
        texts = [v.get("text") for v in variants or () if isinstance(v, dict)]
        first = next((text for text in texts if isinstance(text, str) and text.strip()), "")
        yield str(name).removeprefix("utter_"), first.strip()
