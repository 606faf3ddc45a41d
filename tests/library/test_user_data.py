"""What the reader made is kept: searches, names for them, and decisions of which the later wins."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Decisions
from dossier.library.user_data import MOST_SEARCHES, UserData

A, B, C, D = (Ref(name, "person", "x") for name in "abcd")


def decided(memory: UserData) -> str:
    """Return the decisions in short form: `ab` are the same, `a/b` are apart."""
    same = ["".join(ref.article for ref in refs) for refs in memory.decisions.same]
    return " ".join([*same, *(f"{one.article}/{other.article}" for one, other in memory.decisions.apart)])


def everything(memory: UserData) -> tuple[tuple[str, ...], Mapping[str, str], Decisions]:
    return memory.searches, memory.saved, memory.decisions


def act(memory: UserData, words: str) -> None:
    """`ab` confirms, `a/bc` separates."""
    for word in words.split():
        first, slash, others = word.partition("/")
        if slash:
            memory.separate(Ref(first, "person", "x"), [Ref(one, "person", "x") for one in others])
        else:
            memory.confirm(Ref(one, "person", "x") for one in first)


def test_searches_are_kept_each_once_the_newest_last(tmp_path: Path) -> None:
    memory = UserData(tmp_path)
    for search in ("ferry", "  toll ", "", " \n", "ferry", "a\x1b[2J\nb"):
        memory.remember(search)
    assert memory.searches == ("toll", "ferry", "a␛[2J b")
    assert UserData(tmp_path).searches == memory.searches
    assert memory.messages() == ()


def test_only_the_newest_searches_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "searches.jsonl"
    lines = [f'{{"search": "s{number}"}}' for number in range(MOST_SEARCHES + 100)]
    path.write_text("\n".join(["# mine", *lines, '{"other": 1}', ""]), "utf-8")
    memory = UserData(tmp_path)
    assert (len(memory.searches), memory.searches[0]) == (MOST_SEARCHES, "s100")
    memory.remember("new")
    assert (len(memory.searches), memory.searches[0], memory.searches[-1]) == (MOST_SEARCHES, "s101", "new")
    written = path.read_text("utf-8").splitlines()
    assert len(written) == MOST_SEARCHES + 2
    assert {"# mine", '{"other": 1}'} <= {*written}


def test_no_control_character_comes_from_a_file_either(tmp_path: Path) -> None:
    (tmp_path / "searches.jsonl").write_text('{"search": "a\\u001b[2J\\ud800"}\n{"search": 5}\n', "utf-8")
    (tmp_path / "saved.jsonl").write_text('{"name": "\\u009b", "search": "x\\n"}\n{"name": "y"}\n', "utf-8")
    memory = UserData(tmp_path)
    assert memory.searches == ("a␛[2J\ufffd",)
    assert memory.saved == {"\ufffd": "x"}


def test_what_else_stands_in_a_record_moves_with_it(tmp_path: Path) -> None:
    path = tmp_path / "searches.jsonl"
    path.write_text('{"search": "ferry", "why": "story 5"}\n{"search": "toll"}\n', "utf-8")
    UserData(tmp_path).remember("ferry")
    assert path.read_text("utf-8") == '{"search": "toll"}\n{"search": "ferry", "why": "story 5"}\n'


def test_saved_searches(tmp_path: Path) -> None:
    memory = UserData(tmp_path)
    for name, search in (("arms", "missile*"), ("윤", "speaker:윤석열"), (" arms ", "arms"), ("", "x"), ("y", " ")):
        memory.save(name, search)
    assert list(memory.saved.items()) == [("arms", "arms"), ("윤", "speaker:윤석열")]
    memory.forget("arms")
    memory.forget("never")
    assert everything(memory) == everything(UserData(tmp_path)) == ((), {"윤": "speaker:윤석열"}, Decisions())
    assert (tmp_path / "saved.jsonl").read_text("utf-8") == '{"name": "윤", "search": "speaker:윤석열"}\n'


@pytest.mark.parametrize(
    ("acts", "left"),
    [
        ("ab", "ab"),
        ("ab ba abc a", "ab abc"),
        ("a/b", "a/b"),
        ("a/ab a/b b/a", "a/b"),
        ("a/a", ""),
        # the later wins
        ("ab a/b", "a/b"),
        ("abc a/b", "bc a/b"),
        ("a/b ab", "ab"),
        ("a/bc ab", "ab a/c"),
        # by way of others
        ("a/b ac cb", "ac cb"),
        ("a/b bc ac", "bc ac"),
        ("ac cb a/b", "cb a/b"),
        ("ac cb ad a/b", "cb a/b"),
        ("ac bd a/b", "ac bd a/b"),
    ],
)
def test_decisions(tmp_path: Path, acts: str, left: str) -> None:
    memory = UserData(tmp_path)
    act(memory, acts)
    assert decided(memory) == decided(UserData(tmp_path)) == left


def test_how_decisions_are_written(tmp_path: Path) -> None:
    memory = UserData(tmp_path)
    memory.confirm([Ref("제1", "person", "x"), B])
    act(memory, "c/ad")
    path = tmp_path / "decisions.jsonl"
    assert path.read_text("utf-8") == (
        '{"same": ["%EC%A0%9C1#person/x", "b#person/x"]}\n'
        '{"apart": "c#person/x", "from": ["a#person/x", "d#person/x"]}\n'
    )
    assert memory.decisions.refs == {"%EC%A0%9C1#person/x", *map(str, (A, B, C, D))}


def test_decisions_that_are_none_are_kept_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    text = '{"same": ["no/such#thing", "a#person/x"]}\n{"same": 1}\n{"apart": [], "from": "x"}\n{"same": ["a"]}\n'
    path.write_text(text, "utf-8")
    memory = UserData(tmp_path)
    assert memory.decisions == Decisions()
    memory.confirm([A, B])
    assert path.read_text("utf-8") == text + '{"same": ["a#person/x", "b#person/x"]}\n'


def test_a_decision_that_changes_keeps_what_else_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text(
        '{"same": ["a#person/x", "b#person/x", "c#person/x"], "by": "IB"}\n', "utf-8"
    )
    memory = UserData(tmp_path)
    act(memory, "a/b")
    assert (tmp_path / "decisions.jsonl").read_text("utf-8").splitlines()[0] == (
        '{"same": ["b#person/x", "c#person/x"], "by": "IB"}'
    )


WORDS = st.lists(
    st.one_of(
        st.text("abcd", min_size=2, max_size=3),
        st.builds(
            lambda one, others: f"{one}/{others}", st.sampled_from("abcd"), st.text("abcd", min_size=1, max_size=3)
        ),
    ),
    max_size=8,
)


@given(words=WORDS)
def test_decisions_never_contradict_one_another(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    memory = UserData(tmp_path_factory.mktemp("state"))
    act(memory, " ".join(words))
    groups = [set(refs) for refs in memory.decisions.same]
    for one, other in memory.decisions.apart:
        reached = {one}
        while met := [group for group in groups if group & reached and not group <= reached]:
            reached |= set().union(*met)
        assert other not in reached


def test_an_address_that_an_edited_line_names_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text(
        '{"same": ["a#person/x", "a#person/x"]}\n{"same": ["b#person/x", "c#person/x", "b#person/x"]}\n'
        '{"apart": "a#person/x", "from": ["a#person/x", "b#person/x"]}\n'
        '{"apart": "d#person/x", "from": ["d#person/x"]}\n',
        "utf-8",
    )
    assert decided(UserData(tmp_path)) == "bc a/b"


@given(words=WORDS)
def test_decisions_are_taken_back_one_by_one_the_last_first(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    path = tmp_path_factory.mktemp("state") / "decisions.jsonl"
    path.write_text('# mine\n{"same": ["a#person/x", "b#person/x"], "by": "IB"}\n{"other": 1}\n', "utf-8")
    memory = UserData(path.parent)
    stood = [path.read_text("utf-8")]
    for word in words:
        act(memory, word)
        stood += [text] if (text := path.read_text("utf-8")) != stood[-1] else []
    while stood:
        assert path.read_text("utf-8") == stood.pop()
        file, undone = memory.undo_decision()
        assert bool(undone) is bool(stood)
        assert file.is_kept


def test_what_another_program_decided_stays_when_a_decision_is_taken_back(tmp_path: Path) -> None:
    memory, other = UserData(tmp_path), UserData(tmp_path)
    act(memory, "ab")
    act(other, "c/d")
    act(memory, "a/b")
    act(other, "cab")
    memory.undo_decision()
    assert decided(UserData(tmp_path)) == "ab cab c/d"
    memory.undo_decision()
    assert decided(UserData(tmp_path)) == "cab c/d"


def test_a_decision_that_could_not_be_written_can_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    memory = UserData(tmp_path / "state")
    act(memory, "ab")
    file, undone = memory.undo_decision()
    assert undone == "the same: a#person/x, b#person/x"
    assert memory.decisions == Decisions()
    assert file.unsaved == ("taken back: the same: a#person/x, b#person/x",)
    (tmp_path / "state").unlink()
    file.retry()
    assert file.is_kept
    assert UserData(tmp_path / "state").decisions == Decisions()


def test_two_programs_at_once(tmp_path: Path) -> None:
    one, other = UserData(tmp_path), UserData(tmp_path)
    one.remember("ferry")
    other.remember("toll")
    one.save("a", "ferry")
    other.save("b", "toll")
    act(one, "ab")
    act(other, "c/d")
    assert everything(other) == everything(UserData(tmp_path))
    one.refresh()
    assert everything(one) == everything(other)
    assert (one.searches, [*one.saved], decided(one)) == (("ferry", "toll"), ["a", "b"], "ab c/d")


def test_a_broken_file_is_set_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "searches.jsonl"
    path.write_text('{"search": "ferry"}\noh no\n', "utf-8")
    memory = UserData(tmp_path)
    (message,) = memory.messages()
    assert message == (
        f"{path} had lines that are not JSON: removed them, and saved the old file as searches.jsonl.broken-1"
    )
    assert memory.messages() == ()
    memory.remember("toll")
    assert memory.searches == ("ferry", "toll")
    assert (tmp_path / "searches.jsonl.broken-1").read_text("utf-8") == '{"search": "ferry"}\noh no\n'


def test_what_cannot_be_written_still_holds_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    memory = UserData(tmp_path / "state" / "library")
    memory.messages()
    memory.remember("ferry")
    memory.save("a", "ferry")
    assert (memory.searches, memory.saved) == (("ferry",), {"a": "ferry"})
    told = memory.messages()
    assert len(told) == 2
    assert all("not saved yet, still trying" in message for message in told)


def test_what_could_not_be_written_goes_on_to_another_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    memory = UserData(tmp_path / "file" / "state")
    memory.remember("ferry")
    memory.save("toll", "quay toll")
    other = UserData(tmp_path / "other")
    other.remember("toll")
    other.carry_over(memory)
    read = UserData(tmp_path / "other")
    assert read.searches == ("toll", "ferry")
    assert read.saved == {"toll": "quay toll"}


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "saved.jsonl").mkdir()
    memory = UserData(tmp_path)
    assert memory.saved == {}
    assert memory.messages() == (f"cannot read {tmp_path / 'saved.jsonl'}: Is a directory",)


def test_refs_are_read_back(tmp_path: Path) -> None:
    memory = UserData(tmp_path)
    memory.confirm([parse_ref("quote#"), A])
    assert UserData(tmp_path).decisions.same == ((Ref("quote"), A),)


def test_what_was_set_apart_is_taken_back_either_way(tmp_path: Path) -> None:
    memory = UserData(tmp_path)
    act(memory, "ab c/abd d/a e/c")
    memory.take_back_apart([str(A), str(B)], [str(C), str(D)])
    assert decided(memory) == "ab c/d e/c"
    assert decided(UserData(tmp_path)) == "ab c/d e/c"
    memory.take_back_apart([str(C)], ["e#person/x", str(D)])
    assert decided(memory) == "ab"


def test_what_is_decided_while_another_folder_is_taken_is_there_too(tmp_path: Path) -> None:
    before = UserData(tmp_path / "before")
    before.begin_handing_over()
    before.save("meanwhile", "quay")
    after = UserData(tmp_path / "after")
    after.carry_over(before)
    before.save("late", "toll")
    assert dict(UserData(tmp_path / "after").saved) == {"meanwhile": "quay", "late": "toll"}
    assert dict(before.saved) == {"meanwhile": "quay"}
