"""Frozen values, declared like `dataclasses.dataclass` and `typing.NamedTuple`, without the time those take to load.

Type checkers read the declarations of the standard library; when the program runs, the functions of this module take
their place. `dataclasses` loads `inspect`, `ast` and `dis` (`python -X importtime -c "import dataclasses"` lists them),
and compiles six functions for each class; a start loads a few hundred classes and makes values of few of them. `typing`
loads `ast` since Python 3.14, and checks the type of every field.

This module does only what the values of this program need: they are frozen, have no slots, and are compared and hashed
by their fields.

A method that is compiled for its class makes a value in less than half the time of one that serves all classes, but to
compile it takes as long as making fifty values. So it is compiled once a class has many.

The fields of a class are the names in its `__annotations__`. Since Python 3.14 these are evaluated on demand, and a
class never returns those of its base classes (Python documentation, "Annotations Best Practices").
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn, Self, TypeVar

__all__ = ("NamedTuple", "dataclass", "field", "replace")

T = TypeVar("T")


_NAMES = [f"item{number}" for number in range(40)]
_WIDEST = vars(namedtuple("_WIDEST", _NAMES))
_GETTERS = [_WIDEST[name] for name in _NAMES]
"""What reads the first, second, … value of any tuple by the name of a field."""
_COMMON = 100
"""How many values of a class are made before a method is compiled for it: most articles have fewer of most classes."""


class _Values(tuple[Any, ...]):
    """What all named tuples share, each with its own fields."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values; given are {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Self:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{self.__class__.__name__} has no {', '.join(changes)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{self.__class__.__name__}({shown})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _compile_new(name: str, fields: Sequence[str], defaults: Mapping[str, Any]) -> Callable[..., Any]:
    """Return a `__new__` as fast as that of the standard library's named tuples, which is made in the same way."""
    source = f"lambda _cls, {', '.join(fields)}: _new(_cls, ({''.join(f'{field}, ' for field in fields)}))"
    made: Any = eval(source, {"_new": tuple.__new__})
    made.__defaults__, made.__qualname__ = tuple(defaults.values()), f"{name}.__new__"
    return made  # type: ignore[no-any-return]


class _NamedTupleType(type):
    """The metaclass of `_NamedTuple`: a class that extends `_NamedTuple` becomes a named tuple."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
        if not bases:
            return super().__new__(mcs, name, bases, namespace)
        # Since Python 3.14 only a class has them.
        declared = namespace.get("__annotations__") or super().__new__(mcs, name, (), dict(namespace)).__annotations__
        fields = tuple(declared)
        assert len(fields) <= len(_GETTERS), f"{name} has more fields than any value should"
        defaults = {field: namespace[field] for field in fields if field in namespace}

        left, size, ends = _COMMON, len(fields), tuple(defaults.values())

        def new(cls: type, *values: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left > 0 and not named and size - len(ends) <= len(values) <= size:
                return tuple.__new__(cls, values + ends[len(ends) + len(values) - size :])
            made.__new__ = staticmethod(_compile_new(name, fields, defaults))  # type: ignore[method-assign]
            return made.__new__(cls, *values, **named)

        own = {
            **{key: one for key, one in namespace.items() if key not in fields},
            **dict(zip(fields, _GETTERS, strict=False)),
            **{"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields},
        }
        made = type(name, (_Values,), {**own, "__new__": new})
        return made


class _NamedTuple(metaclass=_NamedTupleType):
    pass


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple = _NamedTuple


class _Field(NamedTuple):
    """The options of a field, besides its type."""

    default_factory: Callable[[], Any]
    compare: bool


class _Fields(NamedTuple):
    """The fields of a class, inherited ones first."""

    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    factories: Mapping[str, Callable[[], Any]]
    compared: tuple[str, ...]


_NONE = _Fields((), {}, {}, ())
_MISSING = object()
"""Stands for the value of a field that was not given."""


def _field(*, default: Any = None, default_factory: Callable[[], Any] | None = None, compare: bool = True) -> Any:
    return _Field(default_factory or (lambda: default), compare)


def _dataclass(*, frozen: Literal[True]) -> Callable[[type[T]], type[T]]:
    assert frozen, "what changes is no value"
    return _make_frozen


def _make_frozen(cls: type[T]) -> type[T]:
    """Add the methods of a frozen value to `cls`. They are closures, so that nothing is compiled for a rare class."""
    fields = _fields_of(cls)
    made = {
        "__init__": _init(cls, fields),
        "__repr__": _repr,
        "__setattr__": _refuse_change,
        "__delattr__": _refuse_change,
        "__match_args__": fields.names,
        "__frozen_fields__": fields,
        **_comparison(fields.compared),
    }
    for name, one in made.items():
        if name not in cls.__dict__:
            setattr(cls, name, one)
    return cls


def _fields_of(cls: type) -> _Fields:
    inherited: _Fields = getattr(cls, "__frozen_fields__", _NONE)
    own = tuple(cls.__annotations__)
    told = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
    special = {name: one for name, one in told.items() if isinstance(one, _Field)}
    for name in special:
        delattr(cls, name)
    return _Fields(
        (*inherited.names, *own),
        {**inherited.defaults, **{name: one for name, one in told.items() if name not in special}},
        {**inherited.factories, **{name: one.default_factory for name, one in special.items()}},
        (*inherited.compared, *[name for name in own if name not in special or special[name].compare]),
    )


def _init(cls: type, fields: _Fields) -> Callable[..., None]:
    """Return an `__init__` that makes the first values of `cls`, and then has another one compiled in its place."""
    names, defaults, factories, _ = fields
    most, fill, left = len(names), object.__setattr__, _COMMON
    blank = {name: defaults.get(name, _MISSING) for name in names}
    required = tuple(name for name in names if name not in defaults and name not in factories)

    def refuse(values: tuple[Any, ...], named: Mapping[str, Any]) -> NoReturn:
        raise TypeError(f"{cls.__name__} takes {', '.join(names)}; given are {len(values)} and {', '.join(named)}")

    def __init__(self: object, *values: Any, **named: Any) -> None:  # noqa: N807 - made one for each class
        nonlocal left
        left -= 1
        if left <= 0:
            cls.__init__ = _compile_init(cls.__name__, fields)  # type: ignore[misc]
        if len(values) == most and not named:
            fill(self, "__dict__", dict(zip(names, values, strict=True)))
            return
        given = {**blank, **named}
        given.update(zip(names, values, strict=False))
        for name in factories:
            if given[name] is _MISSING:
                given[name] = factories[name]()
        if len(values) > most or len(given) > most or not named.keys().isdisjoint(names[: len(values)]):
            refuse(values, named)
        for name in required:
            if given[name] is _MISSING:
                refuse(values, named)
        fill(self, "__dict__", given)

    return __init__


def _compile_init(name: str, fields: _Fields) -> Callable[..., None]:
    """Return an `__init__` that is faster than that of `_init`, and does the same."""
    names, defaults, factories, _ = fields
    values = [f"_made_{one}() if {one} is _missing else {one}" if one in factories else one for one in names]
    stored = ", ".join(f"'{one}': {value}" for one, value in zip(names, values, strict=True))
    known = {"_fill": object.__setattr__, "_missing": _MISSING, **{f"_made_{one}": factories[one] for one in factories}}
    made: Any = eval(f"lambda self, {', '.join(names)}: _fill(self, '__dict__', {{{stored}}})", known)
    optional = [one for one in names if one in defaults or one in factories]
    made.__defaults__ = tuple(defaults.get(one, _MISSING) for one in optional)
    made.__qualname__ = f"{name}.__init__"
    return made  # type: ignore[no-any-return]


def _comparison(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    key = attrgetter(*names) if names else type

    def __eq__(self: object, other: object) -> Any:  # noqa: N807 - made one for each class
        return key(self) == key(other) if self.__class__ is other.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - made one for each class
        return hash(key(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_change(self: object, name: str, _value: object = None) -> None:
    raise AttributeError(f"{self.__class__.__name__} is frozen: {name} cannot be changed")


def _replace(value: T, /, **changes: Any) -> T:
    fields: _Fields = value.__frozen_fields__  # type: ignore[attr-defined]
    stored = value.__dict__
    return value.__class__(**{**{name: stored[name] for name in fields.names}, **changes})


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _field, _replace
