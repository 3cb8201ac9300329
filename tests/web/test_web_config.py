"""Settings come from the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from corpus import SHIPPED_CORPUS
from web.config import Settings, SettingsError


def test_without_variables_the_defaults_hold() -> None:
    assert Settings.from_environment({}) == Settings(SHIPPED_CORPUS, 16 * 1024, 0)


def test_variables_are_read_by_name() -> None:
    found = Settings.from_environment(
        {"VRAAGWIJZER_CORPUS": "/tmp/faq", "VRAAGWIJZER_TRUSTED_PROXIES": "1"}  # noqa: S108
    )
    assert (found.corpus, found.trusted_proxies) == (Path("/tmp/faq"), 1)  # noqa: S108


@pytest.mark.parametrize("value", ["twee", "-1", "1.5", "9" * 40])
def test_a_wrong_number_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match="VRAAGWIJZER_TRUSTED_PROXIES moet een getal zijn"):
        Settings.from_environment({"VRAAGWIJZER_TRUSTED_PROXIES": value})
