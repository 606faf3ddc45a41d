"""The frozen values of the program behave like those of the standard library's `dataclasses` and `NamedTuple`."""

import copy
import dataclasses
import pickle
import typing
from collections.abc import Callable
from functools import cached_property
from threading import Barrier, Thread
from typing import Any

import pytest

from dossier.core import dataclasses as frozen


def _classes(dataclass: Any, field: Any) -> tuple[type[Any], type[Any], type[Any]]:
    @dataclass(frozen=True)
    class Named:
        name: str
        aliases: tuple[str, ...] = ()
        notes: dict[str, str] = field(default_factory=dict)
        seen: int = field(default=0, compare=False)

        @cached_property
        def length(self) -> int:
            return len(self.name)

    @dataclass(frozen=True)
    class Person(Named):
        role: str = ""

    @dataclass(frozen=True)
    class Org(Named):
        def __hash__(self) -> int:
            return 7

    return Named, Person, Org


STANDARD = _classes(dataclasses.dataclass, dataclasses.field)
OURS = _classes(frozen._dataclass, frozen._field)


Ours: Any = frozen._make_frozen(type("Ours", (), {"__annotations__": {"text": str}, "__module__": __name__}))

# What the tests do with the three classes, each of which extends the first.
SAME: dict[str, Callable[[Any, Any, Any], object]] = {
    "shown": lambda named, person, org: repr(person("Park", ("P",), role="minister")).rpartition(".")[2],
    "defaults": lambda named, person, org: (named("Park").aliases, named("Park").notes, named("Park").seen),
    "a default is made for each": lambda named, person, org: named("Park").notes is named("Park").notes,
    "equal": lambda named, person, org: named("Park") == named("Park", ()),
    "unequal": lambda named, person, org: named("Park") == named("Yoon"),
    "what does not count": lambda named, person, org: named("Park", seen=1) == named("Park", seen=2),
    "another class": lambda named, person, org: (org("Park") == named("Park"), person("Park") == org("Park")),
    "another value": lambda named, person, org: named("Park") == "Park",
    "given by name": lambda named, person, org: (named(name="Park").name, named(notes={"a": "b"}, name="Park").notes),
    "own hash": lambda named, person, org: hash(org("Park")),
    "kept once": lambda named, person, org: named("Park").length,
    "in the order of fields": lambda named, person, org: person.__match_args__,
}


@pytest.mark.parametrize("done", SAME.values(), ids=SAME)
def test_values_behave_as_the_standard_librarys(done: Callable[[Any, Any, Any], object]) -> None:
    assert done(*OURS) == done(*STANDARD)


@pytest.mark.parametrize(
    "done",
    [
        lambda named: named(),
        lambda named: named("Park", (), {}, 0, 1),
        lambda named: named("Park", rank=1),
        lambda named: named(aliases=()),
        lambda named: named(rank=1, aliases=()),
        lambda named: hash(named("Park", notes={})),
    ],
)
def test_what_is_no_value_is_refused(done: Callable[[Any], object]) -> None:
    for named in (OURS[0], STANDARD[0]):
        with pytest.raises(TypeError):
            done(named)


def test_values_are_frozen() -> None:
    for park in (OURS[1]("Park"), STANDARD[1]("Park")):
        with pytest.raises(AttributeError):
            park.role = "minister"
        with pytest.raises(AttributeError):
            del park.name
        with pytest.raises(AttributeError):
            park.rank = 1


def test_equal_values_have_one_hash() -> None:
    ours: Any = frozen._make_frozen(type("Point", (), {"__annotations__": {"x": int, "y": int}, "y": 0}))
    assert {ours(1), ours(1, 0), ours(x=1, y=0)} == {ours(1)}
    assert len({ours(1), ours(0, 1)}) == 2


def test_a_value_with_other_fields() -> None:
    park = OURS[1]("Park", role="minister", seen=3)
    assert park.length == 4
    other = frozen._replace(park, name="Yoon Suk Yeol")
    assert (other.name, other.role, other.seen, other.length) == ("Yoon Suk Yeol", "minister", 3, 13)
    assert park.name == "Park"
    with pytest.raises(TypeError):
        frozen._replace(park, rank=1)


def test_values_go_through_a_pipe() -> None:
    assert pickle.loads(pickle.dumps(Ours("reckless"))) == Ours("reckless")


def _named(named_tuple: Any) -> Any:
    class Span(named_tuple):  # type: ignore[misc]
        """A part of a text."""

        start: int
        end: int = 7
        names: tuple[str, ...] = ()

        @property
        def length(self) -> int:
            return int(self.end - self.start)

        def __str__(self) -> str:
            return f"{self.start}-{self.end}"

    return Span


Span = _named(frozen._NamedTuple)
Span.__qualname__ = "Span"


@pytest.mark.parametrize(
    "done",
    [
        lambda span: span(3),
        lambda span: span(3, names=("Park",)),
        lambda span: tuple(span(3)),
        lambda span: (span(3) == (3, 7, ()), span(3) < span(4), hash(span(3))),
        lambda span: span(3)._replace(end=4),
        lambda span: span._make([1, 2, ()]),
        lambda span: (span(3).length, str(span(3)), repr(span(3)).rpartition(".")[2]),
        lambda span: (span._fields, span._field_defaults, span.__match_args__, span.__annotations__),
        lambda span: (span.__doc__, span.__name__, span.__module__),
        lambda span: hasattr(span(3), "__dict__"),
    ],
)
def test_named_tuples_behave_as_the_standard_librarys(done: Callable[[Any], object]) -> None:
    assert done(_named(frozen._NamedTuple)) == done(_named(typing.NamedTuple))


@pytest.mark.parametrize(
    "done", [lambda span: span(), lambda span: span(1, 2, (), 3), lambda span: setattr(span(1), "start", 2)]
)
def test_what_is_no_named_tuple_is_refused(done: Callable[[Any], object]) -> None:
    for span in (_named(frozen._NamedTuple), _named(typing.NamedTuple)):
        with pytest.raises((TypeError, AttributeError)):
            done(span)


def test_named_tuples_go_through_a_pipe() -> None:
    assert pickle.loads(pickle.dumps(Span(3))) == Span(3)


def test_named_tuples_are_copied() -> None:
    for made in (copy.copy(Span(3)), copy.deepcopy(Span(3))):
        assert (type(made), made) == (Span, Span(3))


def test_what_made_the_first_value_makes_others() -> None:
    span = _named(frozen._NamedTuple)
    first = span.__new__
    assert (first(span, 1), first(span, 2, names=())) == (span(1), span(2))


def test_a_subclass_makes_values_of_its_own() -> None:
    class Line(_named(frozen._NamedTuple)):  # type: ignore[misc]
        def __new__(cls, end: int) -> Any:
            return super().__new__(cls, 0, end)

    for end in (3, 4):
        assert (type(Line(end)), Line(end).length) == (Line, end)
    assert type(Line.__base__(1)) is Line.__base__


def test_the_first_value_may_be_made_by_several_threads_at_once() -> None:
    wrong: list[object] = []

    def make(span: Any, start: int, ready: Barrier) -> None:
        ready.wait()
        made = span(start), span(start=start, end=2)
        if made != ((start, 7, ()), (start, 2, ())) or not all(isinstance(one, span) for one in made):
            wrong.append(made)

    for _ in range(50):
        span, ready = _named(frozen._NamedTuple), Barrier(4)
        threads = [Thread(target=make, args=(span, start, ready)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_the_first_values_and_all_later_ones_are_made_alike() -> None:
    class Place(frozen.NamedTuple):
        row: int
        column: int = 2
        name: str = "x"

    for number in range(100):
        assert Place(number) == (number, 2, "x")
        assert Place(number, 3) == (number, 3, "x")
        assert Place(number, 3, "y") == (number, 3, "y")


@pytest.mark.parametrize("made_before", [0, 1, 100])
@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"no": 2}), ((1,), {"row": 1})])
def test_values_in_a_wrong_number_are_refused(made_before: int, values: tuple[int, ...], named: dict[str, int]) -> None:
    class Place(frozen.NamedTuple):
        row: int
        column: int = 2

    for number in range(made_before):
        Place(number)
    with pytest.raises(TypeError):
        Place(*values, **named)


@pytest.mark.parametrize("done", SAME.values(), ids=SAME)
def test_the_first_frozen_values_and_all_later_ones_behave_alike(done: Callable[[Any, Any, Any], object]) -> None:
    many = _classes(frozen._dataclass, frozen._field)
    for one in many:
        made_before = [one("Park", notes={}) for _ in range(200)]
        assert set(map(repr, made_before)) == {repr(one("Park"))}
    assert done(*many) == done(*STANDARD)


@pytest.mark.parametrize("made_before", [0, 1, 98, 99, 100, 101, 200])
@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("Park", (), {}, 0, 1), {}), (("Park",), {"rank": 1}), (("Park",), {"name": "Yoon"})],
)
def test_frozen_values_that_are_given_wrong_fields_are_refused(
    made_before: int, values: tuple[object, ...], named: dict[str, object]
) -> None:
    made = _classes(frozen._dataclass, frozen._field)[0]
    for _ in range(made_before):
        made("Park")
    with pytest.raises(TypeError):
        made(*values, **named)


def test_what_makes_frozen_values_is_compiled_once_for_each_class_that_is_common() -> None:
    named, person, _ = _classes(frozen._dataclass, frozen._field)
    first, others = named.__init__, person.__init__
    made = [named("Park", seen=number) for number in range(frozen._COMMON)]
    compiled = named.__init__
    assert compiled is not first
    assert person.__init__ is others
    made.append(named("Park", seen=frozen._COMMON))
    assert named.__init__ is compiled
    assert [one.seen for one in made] == list(range(frozen._COMMON + 1))
    assert len({id(one.notes) for one in made}) == len(made)


def test_the_first_frozen_values_may_be_made_by_several_threads_at_once() -> None:
    wrong: list[object] = []

    def make(made: Any, ready: Barrier) -> None:
        ready.wait()
        for number in range(frozen._COMMON):
            one = made("Park", seen=number)
            if (type(one), one.name, one.aliases, one.notes, one.seen) != (made, "Park", (), {}, number):
                wrong.append(one)

    for _ in range(20):
        made, ready = _classes(frozen._dataclass, frozen._field)[0], Barrier(4)
        threads = [Thread(target=make, args=(made, ready)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
