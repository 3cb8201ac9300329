"""Say in plain Dutch what each figure, group and kind means, for editors."""

import math
from typing import Final, NamedTuple

from assistant.evaluation.measures import FOREIGN_MEASURES, MEASURES, Figure, Share


class Wording(NamedTuple):
    """Hold how a measure is called, what it says, and where it was published."""

    label: str
    meaning: str
    source: str = ""


MEASURE_WORDING: Final[dict[str, Wording]] = {
    "Success@1": Wording(
        "Eerste keus klopt",
        "Bij welk deel van de vragen uit de FAQ het eerste antwoord echt helpt.",
        "TREC Web Track 2004",
    ),
    "Success@3": Wording(
        "Bij de eerste drie",
        "Bij welk deel van de vragen uit de FAQ een goed antwoord bij de eerste drie staat.",
        "TREC Web Track 2004",
    ),
    "RR": Wording(
        "Plaats van het goede antwoord",
        "1 als het goede antwoord vooraan staat, 1/2 op plaats twee, 1/3 op plaats drie. "
        "Dit is het gemiddelde.",
        "Kantor en Voorhees 2000",
    ),
    "nDCG@5": Wording(
        "Kwaliteit van de eerste vijf",
        "Hoe dicht de eerste vijf antwoorden bij de best mogelijke volgorde komen.",
        "Järvelin en Kekäläinen 2002",
    ),
    "macro-F1": Wording(
        "Gemiddelde over de antwoorden",
        "Hoe goed elk antwoord herkend wordt (F1), gemiddeld. Elk antwoord telt even zwaar.",
        "Yang en Liu 1999",
    ),
    "AUROC": Wording(
        "Wel of niet in de FAQ",
        "De kans dat een vraag uit de FAQ een hogere score krijgt dan een andere vraag. "
        "0,5 is gokken.",
        "Hanley en McNeil 1982",
    ),
    "AUPR": Wording(
        "Wel of niet in de FAQ, op precisie",
        "Hoe zuiver de vragen uit de FAQ bovenaan staan. Hangt af van hun aandeel.",
        "Davis en Goadrich 2006",
    ),
    "AURC": Wording(
        "Gemiddeld risico",
        "Het aandeel foute antwoorden, gemiddeld over alle mogelijke drempels. Lager is beter.",
        "Geifman, Uziel en El-Yaniv 2019",
    ),
    "answered right at 5% wrong": Wording(
        "Goed beantwoord bij 5 % fout",
        "Welk deel van de vragen uit de FAQ een goed antwoord kan krijgen, "
        "als 5 van de 100 getoonde antwoorden fout mogen zijn.",
        "El-Yaniv en Wiener 2010",
    ),
    "answered right at 20% wrong": Wording(
        "Goed beantwoord bij 20 % fout",
        "Hetzelfde, als 20 van de 100 getoonde antwoorden fout mogen zijn.",
        "El-Yaniv en Wiener 2010",
    ),
    "answered right": Wording(
        "Meteen goed beantwoord",
        "Welk deel van de vragen uit de FAQ meteen een goed antwoord kreeg.",
    ),
    "answered wrong": Wording(
        "Meteen fout beantwoord",
        "Welk deel van de vragen uit de FAQ meteen een fout antwoord kreeg.",
    ),
    "answered or offered": Wording(
        "Goed antwoord getoond of te kiezen",
        "Welk deel van de vragen uit de FAQ een goed antwoord kreeg, meteen of als keuze.",
    ),
    "wrong among shown": Wording(
        "Fout van wat we toonden",
        "Welk deel van de antwoorden die we meteen toonden, fout was. Hierover gaat de belofte.",
    ),
    "out of scope answered": Wording(
        "Niet in de FAQ, toch een antwoord",
        "Welk deel van de vragen die niet in de FAQ staan, toch meteen een antwoord kreeg.",
    ),
    "out of scope offered": Wording(
        "Niet in de FAQ, toch een antwoord of keuze",
        "Welk deel van de vragen die niet in de FAQ staan, een antwoord of een keuze kreeg.",
    ),
    "coverage": Wording(
        "Meteen beantwoord",
        "Welk deel van alle vragen meteen een antwoord kreeg.",
        "El-Yaniv en Wiener 2010",
    ),
    "ECE": Wording(
        "Afstand tussen zekerheid en werkelijkheid",
        "Hoeveel de zekerheid er gemiddeld naast zit. 0 is perfect.",
        "Naeini, Cooper en Hauskrecht 2015",
    ),
    "Brier": Wording(
        "Fout in de zekerheid",
        "Het gemiddelde kwadraat van het verschil tussen zekerheid en uitkomst. 0 is perfect.",
        "Brier 1950",
    ),
    "latency p50": Wording("Wachttijd, de helft sneller", "In milliseconden, zonder netwerk."),
    "latency p95": Wording("Wachttijd, 95 van de 100 sneller", "In milliseconden, zonder netwerk."),
    "refused": Wording("Geen antwoord uit de FAQ", "Zo hoort het bij vragen in een andere taal."),
    "refused as another language": Wording(
        "Herkend als andere taal",
        "Welk deel een bericht kreeg in het Nederlands en in de eigen taal.",
    ),
    "shown a wrong answer": Wording(
        "Kreeg een fout antwoord", "Welk deel van alle vragen meteen een fout antwoord kreeg."
    ),
}
KIND_WORDING: Final[dict[str, str]] = {
    "paraphrase": "anders gezegd",
    "situation": "als situatie verteld",
    "statement": "als stelling",
    "short": "in een paar woorden",
    "typo": "met spelfouten",
    "near_miss": "lijkt erop, maar staat er niet in",
    "logistics": "over het webinar zelf",
    "noise": "geen vraag",
    "unrelated": "gaat ergens anders over",
    "natural": "vrij gevraagd",
    "english": "in het Engels",
}
BASELINE_WORDING: Final[dict[str, str]] = {
    "naive": "Meest gelijkende FAQ-vraag: woorden (TF-IDF) en token_set_ratio",
    "char TF-IDF": "Meest gelijkende formulering: stukjes van woorden",
    "BM25": "Zoekmachine: BM25 met Nederlandse woordstammen",
    "rapidfuzz": "Meest gelijkende formulering: alleen rapidfuzz",
}
_READING_WORDING: Final = {
    "strict": "alleen zekere labels",
    "lenient": "wat dichtbij komt is niet fout",
}
_SHARES: Final = frozenset(
    [m.name for m in (*MEASURES, *FOREIGN_MEASURES) if isinstance(m, Share)]
    + ["answered right at 5% wrong", "answered right at 20% wrong"]
)
_SHARE_PREFIX: Final = "wrong among shown at "
_ECE_PREFIX: Final = "ECE at "


def measure_wording(name: str) -> Wording:
    """Give the wording of a measure; its own name where none is known."""
    if name.startswith(_SHARE_PREFIX):
        share = name.removeprefix(_SHARE_PREFIX).split("%")[0]
        return Wording(
            f"Fout van wat we toonden, als {share} van de 100 vragen niet in de FAQ staan",
            "Hetzelfde, omgerekend naar het aandeel vragen buiten de FAQ dat de belofte aanneemt.",
        )
    if name.startswith(_ECE_PREFIX):
        share = name.removeprefix(_ECE_PREFIX).split("%")[0]
        return Wording(
            f"Afstand tussen zekerheid en werkelijkheid, als {share} van de 100 vragen niet in "
            "de FAQ staan",
            "Hetzelfde, omgerekend naar het aandeel vragen buiten de FAQ dat de belofte aanneemt. "
            "Op een set waar veel meer vragen in de FAQ staan, is de zekerheid te laag.",
            "Naeini, Cooper en Hauskrecht 2015; Saerens, Latinne en Decaestecker 2002",
        )
    return MEASURE_WORDING.get(name, Wording(name, ""))


def group_wording(name: str) -> str:
    """Give a group's name in Dutch."""
    if name == "all":
        return "Alle vragen"
    sort, _, rest = name.partition(" ")
    if sort == "kind":
        return KIND_WORDING.get(rest, rest)
    title, _, reading = rest.partition(", ")
    return f"{title}, {_READING_WORDING[reading]}" if reading else title


def is_time(name: str) -> bool:
    """Tell whether a figure is in milliseconds instead of between 0 and 1."""
    return name.startswith("latency")


def decimal(value: float, digits: int = 2) -> str:
    """Give a figure as Dutch text, with a decimal comma; unknown is a dash."""
    if math.isnan(value):
        return "–"
    return f"{value:.{digits}f}".replace(".", ",")


def percent(value: float, digits: int = 1) -> str:
    """Give a share as a percentage in Dutch."""
    return "–" if math.isnan(value) else f"{decimal(value * 100, digits)}\u00a0%"


def figure_text(name: str, value: float) -> str:
    """Give the value of a named figure as text: three decimals, or milliseconds."""
    return f"{decimal(value, 1)} ms" if is_time(name) else decimal(value, 3)


def editor_text(name: str, value: float) -> str:
    """Give the value of a named figure as an editor reads it: shares as percentages."""
    return (
        percent(value)
        if name in _SHARES or name.startswith(_SHARE_PREFIX)
        else figure_text(name, value)
    )


def interval_text(figure: Figure) -> str:
    """Give the 95 % interval of a figure as an editor reads it."""
    if math.isnan(figure.low + figure.high):
        return "–"
    return " tot ".join(editor_text(figure.name, end) for end in (figure.low, figure.high))
