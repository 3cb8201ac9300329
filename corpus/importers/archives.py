"""Look into a zip file (XLSX, DOCX) before a library opens it: does it unpack to something sane?"""

import io
import zipfile
from typing import Final

MAX_MEMBERS: Final = 2_000
MAX_UNPACKED: Final = 200 * 2**20
MAX_RATIO: Final = 200
"""How much larger a member may be than it is packed; sheets of short rows reach about 20."""
_SMALL: Final = 2**20
"""Members below this size may have any ratio: an empty style sheet packs extremely well."""


class ArchiveError(ValueError):
    """Tell in one Dutch sentence why a zip file is not opened."""


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes start as a zip file."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def check_archive(data: bytes) -> frozenset[str]:
    """Give the names of the members, or raise ArchiveError when opening them is not safe.

    The sizes are those that the archive states; who lies about them meets the limits of the child
    process in which the file is parsed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise ArchiveError("Dit bestand is beschadigd en niet te openen.") from None
    if len(members) > MAX_MEMBERS:
        raise ArchiveError("Dit bestand bevat te veel onderdelen om veilig te openen.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ArchiveError("Dit bestand wordt uitgepakt te groot om veilig te openen.")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > _SMALL and member.file_size / packed > MAX_RATIO:
            raise ArchiveError("Dit bestand wordt uitgepakt te groot om veilig te openen.")
        if member.flag_bits & 0x1:
            raise ArchiveError("Dit bestand is beveiligd met een wachtwoord. Haal dat er eerst af.")
    return frozenset(member.filename for member in members)
