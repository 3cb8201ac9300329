import sys

import pyarrow as pa
import pytest
from pyarrow import parquet

from assistant.evaluation.datasets import DatasetError, LabelledTexts, read_labelled_texts

EXPECTED = LabelledTexts(("Doet de prik pijn?", "Waar moet ik zijn?"), ("pijn", "plaats"))


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "text,label\nDoet de prik pijn?,pijn\nWaar moet ik zijn?,plaats\n",
        "\ufeffsentence1;label\r\nDoet de prik pijn?;pijn\r\nWaar moet ik zijn?;plaats\r\n",
        "label\tvraag\npijn\t Doet de prik pijn? \nplaats\tWaar moet ik zijn?\n",
        'text,label\n"Doet de prik pijn?",pijn\n,leeg\nZonder label,\nWaar moet ik zijn?,plaats\n',
    ],
)
def test_csv_is_read_whatever_its_columns_and_delimiter(tmp_path, text):
    assert read_labelled_texts(write(tmp_path / "set.csv", text)) == EXPECTED


@pytest.mark.parametrize("column", ["text", "sentence1"])
def test_parquet_is_read(tmp_path, column):
    path = tmp_path / "train.parquet"
    columns = {column: [*EXPECTED.texts, None], "label": [*EXPECTED.labels, "leeg"]}
    parquet.write_table(pa.table(columns), path)

    assert read_labelled_texts(path) == EXPECTED


def test_columns_can_be_named(tmp_path):
    path = write(tmp_path / "set.csv", "vraag,text,soort\nx,Doet de prik pijn?,pijn\n")

    found = read_labelled_texts(path, "text", "soort")

    assert found == LabelledTexts(("Doet de prik pijn?",), ("pijn",))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("weg.csv", None, "is niet te lezen"),
        ("weg.parquet", None, "is niet te lezen"),
        ("a.csv", b"tekst,label\nHoe?,x\n", "geen kolom 'text'"),
        ("a.csv", b"text\nHoe?\n", "geen kolom 'label'"),
        ("a.csv", b"text,label\n", "geen enkele tekst"),
        ("a.csv", b"", "geen kolom"),
        ("a.csv", b"text,label\n\xff\xfe,x\n", "geen UTF-8"),
        ("a.csv", b'text,label\n"' + b"x" * 200_000 + b'",a\n', "CSV klopt niet"),
        ("a.parquet", b"text,label\n", "geen parquet"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(DatasetError, match=message):
        read_labelled_texts(path)


def test_without_pyarrow_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(DatasetError, match=r"pip install 'vraagwijzer\[parquet\]'"):
        read_labelled_texts(tmp_path / "a.parquet")
