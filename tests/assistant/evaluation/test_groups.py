from handmade import observe

from assistant.evaluation.groups import GroupMaker

MAKER = GroupMaker(0.6, samples=0)


def right(query_id, **question):
    return observe(query_id, {"q01": 2}, [("q01", 0.9)], outcome="fallback", **question)


def names(observations):
    return [group.name for group in MAKER.groups(observations)]


def test_each_set_and_each_kind_is_a_group():
    observations = [
        right("a", set_name="een", kind="short"),
        right("b", set_name="twee", kind="typo"),
    ]

    assert names(observations) == ["all", "set een", "set twee", "kind short", "kind typo"]


def test_one_set_is_all_there_is():
    whole, only = MAKER.groups([right("a", set_name="een")])

    assert whole.figures == only.figures


def test_a_set_with_weak_labels_is_read_strictly_and_leniently_too():
    observations = [
        right("a", set_name="een", certainty="weak"),
        right("b", set_name="een", certainty="clear"),
    ]

    groups = {group.name: group.count for group in MAKER.groups(observations)}

    assert groups == {"all": 2, "set een": 2, "set een, strict": 1, "set een, lenient": 2}


def test_another_language_is_measured_apart():
    foreign = observe("b", {}, [], outcome="fallback", reply_kind="other_language", kind="english")

    whole, english = MAKER.groups([right("a"), foreign])

    assert (whole.name, whole.count) == ("all", 1)
    assert english.name == "kind english"
    assert {f.name: f.value for f in english.figures} == {
        "refused": 1.0,
        "refused as another language": 1.0,
    }


def test_an_english_question_that_gets_an_answer_is_not_refused():
    answered = observe("b", {}, [("q01", 0.9)], outcome="answer", chosen=("q01",), kind="english")

    (english,) = MAKER.groups([answered])

    assert english.figure("refused").value == 0


def test_no_observations_give_no_groups():
    assert MAKER.groups([]) == ()
