"""Look into a packed document (docx, xlsx) before it is opened: would it unpack to a bomb?"""

import io
import zipfile
import zlib
from typing import Final

from corpus.importers.faq.models import DocumentError

_MAX_UNPACKED: Final = 150 * 2**20
_MAX_MEMBERS: Final = 5_000
_MAX_RATIO: Final = 200


def checked_names(raw: bytes) -> set[str]:
    """Give the names in a zip, after a look at what it would unpack to."""
    bomb = DocumentError("Dit bestand pakt uit tot veel meer dan een document kan zijn.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = max(1, sum(member.compress_size for member in members))
            if len(members) > _MAX_MEMBERS or unpacked > _MAX_UNPACKED:
                raise bomb
            if unpacked > 10 * 2**20 and unpacked / packed > _MAX_RATIO:
                raise bomb
            if any(member.flag_bits & 1 for member in members):
                raise DocumentError("Dit bestand is beveiligd met een wachtwoord.")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_entities(archive, member)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError):
        raise DocumentError("Dit bestand is beschadigd en niet te lezen.") from None
    return {member.filename for member in members}


def _refuse_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse XML that declares entities: Office never does, and they can grow without end."""
    with archive.open(member) as stream:
        head = stream.read(4096).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise DocumentError("Dit bestand bevat XML-entiteiten en wordt daarom niet gelezen.")


def old_office(raw: bytes) -> str:
    """Say what a file in Microsoft's older container is."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder."
    return "Dit is een bestand van een oude Office-versie. Bewaar het als docx of xlsx."
