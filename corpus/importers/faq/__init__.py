"""Turn an FAQ document into a corpus: read, recognise, compare, merge, write.

found = read_document(path)                      # a preview; nothing is written
existing = corpus_in(folder)                     # None for a new folder
comparison = compare(found, existing)            # new, changed, moved, gone, unsure
corpus = merge(found, comparison, base_for(found, existing))
write_import(corpus, folder)                     # all or nothing
"""

from corpus.importers.faq.compare import Change, Comparison, Difference, compare
from corpus.importers.faq.formats import SUFFIXES, read_document, read_upload
from corpus.importers.faq.merge import merge
from corpus.importers.faq.models import DocumentError, Draft, LeftOut, Recognised
from corpus.importers.faq.writing import base_for, corpus_in, write_import

__all__ = [
    "SUFFIXES",
    "Change",
    "Comparison",
    "Difference",
    "DocumentError",
    "Draft",
    "LeftOut",
    "Recognised",
    "base_for",
    "compare",
    "corpus_in",
    "merge",
    "read_document",
    "read_upload",
    "write_import",
]
