"""Read one chat message: what kind of message it is, and which separate questions it holds.

`judge(message)` gives a `Verdict`; `classify` and `split_questions` are its two halves. All of
them are pure: the same message gives the same verdict on every machine.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.sentences import sentences, without_urls

MAX_PART_LENGTH: Final = 500


class MessageKind(StrEnum):
    """Name what a message is to a moderator."""

    QUESTION = "question"
    """Asks something about the subject."""
    LOGISTICS = "logistics"
    """Asks something practical: slides, recording, certificate, times."""
    TECHNICAL = "technical"
    """Asks or reports trouble with sound, picture, link or chat."""
    ME_TOO = "me_too"
    """Joins an earlier question, and so adds weight to it."""
    STATEMENT = "statement"
    """Says something and wants no answer from the hosts."""
    NOISE = "noise"
    """Greets, thanks, cheers or holds a link only."""

    @property
    def is_question(self) -> bool:
        """Tell whether the sender wants an answer from the hosts."""
        return self in (MessageKind.QUESTION, MessageKind.LOGISTICS, MessageKind.TECHNICAL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what was read in one message."""

    kind: MessageKind
    parts: tuple[str, ...] = ()
    """The separate questions, in order; empty when the message is no question."""


def judge(message: str) -> Verdict:
    """Give the kind of a message and the questions in it."""
    kind = classify(message)
    return Verdict(kind, split_questions(message) if kind.is_question else ())


_QUESTION_WORD: Final = (
    r"(?:wie|wiens|wat|waar(?:aan|bij|door|heen|in|mee|naar|om|onder|op|over|toe|uit|van|voor)?|"
    r"wanneer|hoe|hoeveel|hoelang|hoever|hoezo|welke?|what|how|when|where|who|why|which)\b"
)
_VERB_FIRST: Final = (
    r"(?:kan|kun|kunt|kunnen|mag|mogen|moet|moeten|is|zijn|heeft|heb|hebt|hebben|wordt|word|"
    r"worden|komt|komen|gaat|ga|gaan|doet|doe|doen|zou|zouden|zal|zullen|krijg|krijgt|krijgen|"
    r"blijft|blijven|werkt|werken|geldt|gelden|bestaat|bestaan|weet|weten|was|waren|ben|bent|"
    r"hoort|hoor|horen|telt|tellen|staat|staan|klopt|denk|denken|vind|vindt|vinden|raad|raden|"
    r"ligt|helpt|maakt|maken|zit|zitten|hoef|hoeft|hoeven|durf|durft|durven|volgt|begint|wil|"
    r"willen|zien|ziet|zie|merk|merken|start|duurt|speelt|betekent|do|does|is|are|can|could|"
    r"should|will|would|did)\s+(?:ik|je|jij|jullie|u|we|wij|ze|zij|hij|het|'t|er|dit|dat|deze|"
    r"die|de|een|'n|mijn|onze|ons|iemand|iedereen|men|daar|hier|alle|alleen|ook|zo'n|zulke|i|"
    r"you|we|they|it|there|the|this|my)\b"
)
_OPENING: Final = (
    r"^(?:[^\w]*(?:en|maar|of|dus|want|ja|oké|ok|hoi|hallo|hi|nou|eh+|uh+|vraag(?:je)?|ps|nog|"
    r"verder|daarnaast|ook|dan|hoe dan ook|@\w+)\b[\s,:.;-]*){0,4}[^\w]*"
)
_DIRECT: Final = re.compile(f"{_OPENING}(?:{_QUESTION_WORD}|{_VERB_FIRST})", re.IGNORECASE)
_EMBEDDED: Final = re.compile(
    r"\b(?:vraag(?:t|en)? (?:me|mij|ons|mezelf|je) (?:wel |dan |echt |steeds )?af|"
    r"(?:benieuwd|nieuwsgierig) (?:naar|hoe|wat|of|wie|waar\w*|wanneer|welke?)|"
    r"weet (?:iemand|er iemand)|iemand (?:een|enig|ook een)? ?(?:idee|tips?|ervaring)|"
    r"(?:mijn|een|onze|nog een|andere|korte) vraag(?:je)?\b|vraagje|"
    r"graag (?:wat |meer |nog |iets |een |even |ook )*(?:uitleg|info(?:rmatie)?|toelichting|advies|"
    r"tips?|voorbeeld(?:en)?|antwoord|reactie)|"
    r"(?:snap|begrijp|weet|zie) (?:nog |het |eigenlijk |even |echt |alleen )*"
    r"niet (?:goed |zo goed |precies |meer )?(?:hoe|wat|wie|waar\w*|wanneer|welke?|of)\b|"
    r"(?:zou|wil|willen) (?:\w+ )?(?:graag |wel )*(?:willen )?weten|"
    r"(?:is|blijft) (?:mij |me |ons |voor mij )?(?:nog )?(?:niet|on)(?: |)duidelijk|"
    r"(?:hebben jullie|heeft iemand|zijn er) (?:nog )?tips)",
    re.IGNORECASE,
)
_TAG: Final = re.compile(
    r"(?:\b(?:h[èé]|hé|toch|of niet(?: soms)?|niet ?waar|nietwaar|niet dan|ja toch|zeg nou zelf)"
    r"\s*\?+[^\w]*$)|"
    r"^\W*(?:echt|serieus|wat|huh?|hè|o ja|oh ja|toch|nee|ja|hoezo|pardon)(?: waar)?\s*[?!]+\W*$",
    re.IGNORECASE,
)
_EXCLAMATION: Final = re.compile(
    r"^\W*(?:wat|hoe) (?:een |ontzettend |heel |super ?|erg )*"
    r"(?:fijn|leuk|mooi|goed|gaaf|tof|top|jammer|herkenbaar|bijzonder|knap|handig|gezellig|"
    r"interessant|helder|duidelijk|inspirerend|waar|verdrietig|raar|gek|lief|grappig)\b[^?]*$",
    re.IGNORECASE,
)
_TECHNICAL: Final = re.compile(
    r"\b(?:geluid|audio|micro(?:foon)?|beeld|scherm|camera|hapert|haperen|echo|kraakt|gekraak|ruis|"
    r"hoor (?:\w+ )?(?:niks|niets|jullie niet|u niet)|(?:zie|zien) (?:\w+ )?(?:niks|niets)|"
    r"verbinding|wifi|link (?:\w+ )?(?:werkt|doet|opent)|inloggen|ondertiteling|gemute|gedempt|"
    r"poll|valt (?:steeds )?weg|bevroren|loopt vast)\b",
    re.IGNORECASE,
)
_TROUBLE: Final = re.compile(
    r"\b(?:geen|niet|niks|niets|weg|slecht|zacht|hapert|haperen|echo|kraakt|ruis|zwart|stil|vast|"
    r"bevroren|traag|storing|harder|weggevallen|uitgevallen|dubbel)\b",
    re.IGNORECASE,
)
_LOGISTICS: Final = re.compile(
    r"\b(?:slides?|sheets?|powerpoint|ppt|presentatie|hand-?outs?|opname|opgenomen|opnemen|"
    r"teruggekeken|terug ?kijken|terugkijk\w*|terug te (?:kijken|zien)|replay|certifica\w+|"
    r"pe-?punten|accreditatie|bewijs van deelname|deelnamebewijs|pauze|eindtijd|hoe laat|"
    r"duurt (?:het|dit|de)|link|volgende? (?:webinar|sessie|keer|bijeenkomst)|inschrij\w+|"
    r"aanmeld\w+|afmeld\w+|chat bewaren|deelnemerslijst|hoeveel (?:mensen|deelnemers|kijkers)|"
    r"kaartenset|praatplaat|materiaal|toegestuurd|nagestuurd|rondgestuurd|doorsturen|mailen|"
    r"gemaild|downloaden)\b",
    re.IGNORECASE,
)
_ME_TOO: Final = re.compile(
    r"^\W*(?:@?[\w.]+ )?(?:(?:daar )?(?:sluit|sluiten) (?:ik |wij )?(?:me|mij|ons|hierbij|daarbij)"
    r"\b.*aan|(?:ik|wij) ook\b|(?:die|deze|dat) (?:vraag )?(?:heb|had|wil) ik ook\b|idem|ditto|"
    r"zelfde (?:vraag|hier|probleem)|dezelfde vraag|hier ook\b|ook (?:graag|benieuwd|mijn vraag)|"
    r"(?:ik ben |ben )?(?:ook|net zo) (?:heel |erg |zeer )?(?:benieuwd|nieuwsgierig)\b|\+ ?1\b|"
    r"(?:hele )?goede vraag|mooie vraag|eens met (?:de|deze) vraag|dat (?:wil|zou) ik ook)",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^\W*(?:(?:goede?(?:morgen|middag|avond)|morgen|moarn|hoi+|hallo+|hey+|hi|dag|welkom|doei+|"
    r"tot (?:ziens|later|de volgende(?: keer)?|straks)|fijne (?:dag|avond|middag|weekend)|"
    r"dank(?: ?(?:je|u|jullie))?(?: ?wel)?|bedankt|thanks|thx|top|super|mooi|leuk|fijn|haha+|lol|"
    r"ja+|nee+|ok(?:é|ay)?|prima|gelukt|goed|helder|duidelijk|allemaal|allen|iedereen|voor|het|de|"
    r"webinar|uit|vanuit|heel|erg|veel|plezier|succes|inspirerend|interessant|leerzaam|hier|\d+)"
    r"\W*){1,8}$|^[\W\d_]*$",
    re.IGNORECASE,
)


def classify(message: str) -> MessageKind:
    """Tell what kind of message this is."""
    text = " ".join(without_urls(message).split())
    if _NOISE.match(text):
        return MessageKind.NOISE
    asks = any(_asks(sentence) for sentence in sentences(text))
    if _ME_TOO.match(text) and "?" not in text:
        return MessageKind.ME_TOO
    if _TECHNICAL.search(text) and (asks or _TROUBLE.search(text)):
        return MessageKind.TECHNICAL
    if not asks:
        return MessageKind.STATEMENT
    return MessageKind.LOGISTICS if _LOGISTICS.search(text) else MessageKind.QUESTION


def _asks(sentence: str) -> bool:
    if _TAG.search(sentence) or _EXCLAMATION.match(sentence):
        return False
    return bool(
        sentence.rstrip("\"'”’») ").endswith("?")
        or "?" in sentence
        or _DIRECT.match(sentence)
        or _EMBEDDED.search(sentence)
    )


_ANNOUNCEMENT: Final = re.compile(
    r"^\W*(?:(?:ik heb |heb )?(?:nog |even |hier )*(?:een|twee|drie|2|3|wat|paar|korte|praktische|"
    r"andere|laatste|kleine)? ?(?:korte |praktische |andere |kleine )?"
    r"(?:vragen|vraag|vraagjes?|dingen|punten|dingetjes)(?: van mij| voor jullie| hierover)?|"
    r"hoi|hallo|goede(?:morgen|middag|avond)(?: allemaal)?|bedankt[^.?!]*|dank[^.?!]*)\s*[.:!,]*$",
    re.IGNORECASE,
)
_LINK_WORDS: Final = re.compile(
    r"^\W*(?:\d[.)]\s*)?(?:(?:en )?(?:(?:als )?tweede|ten tweede|ten eerste|vraag \d|daarnaast|"
    r"(?:heel )?iets (?:heel )?anders|ook nog|verder|nog iets|nog een vraag|tot slot|"
    r"andere vraag)\s*[:,]\s*(?:en )?|en (?=\w))",
    re.IGNORECASE,
)


def split_questions(message: str) -> tuple[str, ...]:
    """Give the separate questions of a message, each with the sentences that explain it.

    A message without a question is one part, as a whole.
    """
    rows = sentences(without_urls(message))
    asking = [n for n, row in enumerate(rows) if _asks(row)]
    if not asking:
        whole = " ".join(message.split())
        return (whole,) if whole else ()
    parts = []
    begin = 0
    for number in asking:
        end = number + 1 if number != asking[-1] else len(rows)
        parts.append(_part(rows[begin:number], rows[number], rows[number + 1 : end]))
        begin = number + 1
    return tuple(parts)


def _part(before: list[str], question: str, after: list[str]) -> str:
    kept = [row for row in before if not _ANNOUNCEMENT.match(row)]
    tail = [row for row in after if not _NOISE.match(row) and not _ANNOUNCEMENT.match(row)]
    if not kept:
        question = _LINK_WORDS.sub("", question, count=1)
    rows = [*kept, question, *tail]
    while len(" ".join(rows)) > MAX_PART_LENGTH and len(rows) > 1:
        rows.pop(0) if rows[0] is not question else rows.pop()
    return " ".join(rows)
