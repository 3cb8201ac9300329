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


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("geen adres", "geen adres van een database"),
        ("mysql://host/naam", "alleen SQLite en PostgreSQL"),
    ],
)
def test_a_database_that_cannot_be_opened_here_is_named(url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment({"VRAAGWIJZER_DATABASE": url})


def test_the_data_folder_follows_the_xdg_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    settings = Settings()
    assert settings.data == Path("/srv/data/vraagwijzer")
    assert settings.database_url == "sqlite:////srv/data/vraagwijzer/vraagwijzer.sqlite3"


def test_settings_show_no_secrets() -> None:
    settings = Settings(database="postgresql://a:geheim@host/naam", secret_key="geheim")  # noqa: S106
    assert "geheim" not in repr(settings)
