import pytest

from assistant.segmentation import MessageKind, classify, judge, split_questions


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Hoe vertel ik mijn baas dat zijn plan niet deugt?", MessageKind.QUESTION),
        ("ik vraag me af of dit ook voor stagiairs geldt", MessageKind.QUESTION),
        ("Krijgen we de sheets nog?", MessageKind.LOGISTICS),
        ("ik heb geen geluid", MessageKind.TECHNICAL),
        ("Daar sluit ik me bij aan", MessageKind.ME_TOO),
        ("Herkenbaar hè?", MessageKind.STATEMENT),
        ("Wat fijn dat dit er is!", MessageKind.STATEMENT),
        ("Goedemiddag allemaal", MessageKind.NOISE),
        ("https://voorbeeld.nl/lezen?id=3", MessageKind.NOISE),
        ("", MessageKind.NOISE),
    ],
)
def test_kind_of_a_message(message: str, kind: MessageKind) -> None:
    assert classify(message) is kind


def test_two_questions_become_two_parts_without_the_announcement() -> None:
    parts = split_questions("Twee vragen. Wie leest dit mee? En komt er een verslag?")
    assert parts == ("Wie leest dit mee?", "komt er een verslag?")


def test_context_stays_with_its_question() -> None:
    message = "Mijn chef is nieuw hier. Hoe begin ik zo'n gesprek?"
    assert split_questions(message) == (message,)


def test_message_without_question_is_one_part() -> None:
    assert split_questions("Mooi verhaal.") == ("Mooi verhaal.",)
    assert judge("Mooi verhaal.").parts == ()
