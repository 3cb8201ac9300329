"""docs/web.md names every route and every setting, and no others."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

from flask import Flask

from web.config import Settings
from web.server import add_parser

TEXT = (Path(__file__).parents[2] / "docs" / "web.md").read_text("utf-8")


def section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_route_is_documented(app: Flask) -> None:
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    documented = re.findall(r"^\| `(GET|POST) ([^`]+)` \|", section("Routes"), re.MULTILINE)
    assert set(documented) == routes


def test_every_setting_is_documented() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", section("Settings"), re.MULTILINE)
    assert documented == [field.name for field in fields(Settings)]


def test_every_option_is_documented() -> None:
    subparsers = argparse.ArgumentParser().add_subparsers()
    add_parser(subparsers)
    options = set(re.findall(r"--[a-z-]+", subparsers.choices["serve"].format_help()))
    documented = set(re.findall(r"^\| `(--[a-z-]+)` \|", section("Start it"), re.MULTILINE))
    assert documented == options - {"--help"}
