"""Turn a corpus into plain values for JSON and back, whatever fields its classes have."""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Give dicts, lists, texts and numbers for a dataclass and all that is in it."""
    if is_dataclass(value):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], value: object) -> T:
    """Give a dataclass out of plain values; raises ValueError, with the place, for what misfits."""
    result: T = _build(kind, value, kind.__name__)
    return result


def _build(kind: Any, value: object, place: str) -> Any:
    if is_dataclass(kind):
        return _dataclass(kind, value, place)
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        if value not in args:
            raise ValueError(f"{place}: {value!r} kan hier niet staan")
        return value
    if origin is tuple:
        return _tuple(args, value, place)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {
            k: _build(args[1], v, f"{place}.{k}") for k, v in _typed(value, dict, place).items()
        }
    if origin in (typing.Union, types.UnionType):
        return _optional(args, value, place)
    return _scalar(kind, value, place)


def _dataclass(kind: Any, value: object, place: str) -> Any:
    table = _typed(value, dict, place)
    hints = typing.get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    for name in table.keys() - known.keys():
        raise ValueError(f"{place}: onbekend veld {name!r}")
    found = {}
    for name, field in known.items():
        if name in table:
            found[name] = _build(hints[name], table[name], f"{place}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{place}: het veld {name!r} ontbreekt")
    return kind(**found)


def _optional(args: tuple[Any, ...], value: object, place: str) -> Any:
    kinds = [kind for kind in args if kind is not types.NoneType]
    if len(kinds) != 1:
        raise ValueError(f"{place}: dit soort veld kan niet in JSON")
    return None if value is None else _build(kinds[0], value, place)


def _tuple(args: tuple[Any, ...], value: object, place: str) -> tuple[Any, ...]:
    items = _typed(value, list, place)
    if args[-1:] == (Ellipsis,):
        return tuple(_build(args[0], item, f"{place}[{n}]") for n, item in enumerate(items))
    if len(items) != len(args):
        raise ValueError(f"{place}: {len(args)} waarden verwacht, {len(items)} gevonden")
    return tuple(_build(a, v, f"{place}[{n}]") for n, (a, v) in enumerate(zip(args, items)))  # noqa: B905


def _scalar(kind: Any, value: object, place: str) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{place}: {value!r} past hier niet")
    return value


def _typed(value: object, kind: type[T], place: str) -> T:
    if not isinstance(value, kind):
        raise ValueError(f"{place}: een {'lijst' if kind is list else 'tabel'} verwacht")
    return value
