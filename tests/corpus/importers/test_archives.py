import io
import zipfile

import pytest

from corpus.importers.archives import ArchiveError, check_archive, is_zip


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_names_of_a_sane_archive() -> None:
    data = _zip({"xl/workbook.xml": b"<x/>", "empty.xml": b" " * 500_000})
    assert is_zip(data)
    assert check_archive(data) == {"xl/workbook.xml", "empty.xml"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_zip({"sheet.xml": b"0" * 30_000_000}), "te groot"),
        (_zip({f"{n}.xml": b"" for n in range(2_001)}), "te veel onderdelen"),
        (_zip({"a.xml": b"1"})[:-10], "beschadigd"),
        (b"PK\x03\x04 and then something else", "beschadigd"),
    ],
)
def test_unsafe_archive_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ArchiveError, match=words) as error:
        check_archive(data)
    assert "\n" not in str(error.value)
