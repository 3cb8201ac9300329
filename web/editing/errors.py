"""Hold what can go wrong for an editor, each told in one Dutch sentence."""


class EditingError(ValueError):
    """Tell why something cannot be done now."""


class ChangeError(EditingError):
    """Tell why a change does not fit the corpus."""


class NoSuchVersion(EditingError):
    """Tell that a version, or what belongs to it, is not there, or is damaged."""
