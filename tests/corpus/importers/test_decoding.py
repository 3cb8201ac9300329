import pytest

from corpus.importers.decoding import NotTextError, decode

TEXT = "Één vraag: hoe gaat het?\nTwee — \u2018drie\u2019"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_comes_back_from_each_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", b"\xff\xfe\x00"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)
