"""Carry what was recognised in a document from the preview to the take-over, inside the form.

So nothing of an upload lies on the server in between, and any worker can do the second step. What
comes back is read as carefully as what a stranger sends: it is plain text, bounded in size, and
the corpus that it gives is checked like any other.
"""

import base64
import binascii
import json
import zlib
from typing import Final

from corpus.importers.faq import DocumentError, Draft, Recognised
from corpus.serialising import from_plain, to_plain
from corpus.validation import ENTRY_ID

LARGEST: Final = 64 * 2**20
"""Bytes of what was recognised, unpacked: more than any document that can be read."""
_BROKEN: Final = "Het voorbeeld is niet meer te lezen. Kies het document opnieuw."


def packed(found: Recognised) -> str:
    """Give a recognised document as one line of text."""
    plain = json.dumps(to_plain(found), ensure_ascii=True, separators=(",", ":"))
    return base64.b64encode(zlib.compress(plain.encode("ascii"), 6)).decode("ascii")


def unpacked(text: str) -> Recognised:
    """Give the document that was packed; raises DocumentError for anything else."""
    try:
        raw = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), LARGEST)
        found = from_plain(Recognised, json.loads(raw))
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise DocumentError(_BROKEN) from None
    if not all(map(_is_sound, found.drafts)):
        raise DocumentError(_BROKEN)
    return found


def _is_sound(draft: Draft) -> bool:
    texts = (draft.section, draft.question, draft.answer, draft.short_answer)
    named = not draft.id or ENTRY_ID.fullmatch(draft.id) is not None
    return named and all(text.strip() for text in texts)
