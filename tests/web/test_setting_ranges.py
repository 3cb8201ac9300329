"""A setting that cannot be used is refused at the start, in one sentence that names it."""

import pytest

from web.config import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETENTION_DAYS", "0"),
        ("SESSION_HOURS", "0"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("MAX_BODY_BYTES", "10"),
        ("TRUSTED_PROXIES", "11"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "kort"),
        ("METRICS_TOKEN", "lang genoeg maar met een é"),
    ],
)
def test_an_impossible_value_is_one_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({f"VRAAGWIJZER_{name}": value})
    message = str(refused.value)
    assert message.startswith(f"VRAAGWIJZER_{name}")
    assert message.endswith(".")
    assert "\n" not in message
    assert name != "METRICS_TOKEN" or value not in message  # it is a secret


def test_the_defaults_can_be_used() -> None:
    assert Settings.from_environment({"VRAAGWIJZER_LOG_FORMAT": "json"}).log_format == "json"
