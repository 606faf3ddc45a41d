"""The files that a path means. Articles are found by their keys alone, so that most files here are a line or two."""

import errno
import os
import tomllib
from pathlib import Path

import pytest

from dossier.core.problem import Problem
from dossier.library.index.scan import LibraryFiles
from dossier.loader.article import load_article
from dossier.loader.discovery import (
    ArticleFiles,
    find_articles,
    find_bundled_folder,
    find_default_articles,
    find_tutorial_folder,
    looks_like_registry,
)
from dossier.loader.source_text import find_wide_encoding

ROOT = Path(__file__).parents[2]


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8", newline="")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "headline: Ferry",
        "body: |\n  Ferry",
        "\ufeffheadline: Ferry",
        "outlet: Herald\r\nheadline: Ferry\r\n",
        "outlet: Herald\rheadline: Ferry\r",
        "# a comment\n\n%YAML 1.1\n---\nheadline: Ferry",
        "--- # a comment\nheadline: Ferry",
        "  outlet: Herald\n  headline: Ferry",
        '"headline": Ferry',
        "'body': Ferry",
        "headline : Ferry",
        "headline:\n  Ferry",
        "{headline: Ferry}",
        '{"outlet": "Herald", "tags": ["a", {"b": 1}], "headline": "Ferry"}',
        "--- {[a]: b, c: *none, headline: Ferry}",
        "headline: Ferry: broken\nbody: [",
        "\tbroken\nheadline: Ferry",
        "{headline: Ferry, people: [[[",
    ],
)
def test_article(tmp_path: Path, text: str) -> None:
    folder = written(tmp_path, one=text)
    assert find_articles(folder, recursive=False) == ArticleFiles((folder / "one.yaml",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# headline: Ferry",
        "- headline: Ferry",
        "headline:Ferry",
        "headlines: Ferry",
        "on: push\nwith:\n  headline: Ferry\n  body: Ferry",
        "text: |\n  headline: Ferry",
        "a: 1\n---\nheadline: Ferry",
        "a: 1\n...\nheadline: Ferry",
        "{a: 1}\n---\n{headline: Ferry}",
        "{a: {headline: Ferry}, b: headline}",
        "{a: 1, [headline: Ferry",
        "{" + "[" * 60_000,
        "# much\n" * 200_000 + "headline: beyond what is looked at",
    ],
)
def test_no_article(tmp_path: Path, text: str) -> None:
    assert find_articles(written(tmp_path, one=text), recursive=False) == ArticleFiles((), other_files=1)


@pytest.mark.parametrize("text", ["registry: 1\npeople:\n  okafor: {name: Lena Okafor}", "{people: {}, registry: 1}"])
def test_registry(tmp_path: Path, text: str) -> None:
    folder, file = written(tmp_path, one=text), tmp_path / "one.yaml"
    assert find_articles(folder, recursive=True) == ArticleFiles((), registries=(file,))
    assert find_articles(file, recursive=True) == ArticleFiles((), registries=(file,))
    assert looks_like_registry(text.encode())
    assert not looks_like_registry(f"{text}\n".encode()[:4])


def test_the_registry_nearest_the_root_comes_first(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    nearest = written(tmp_path, z="registry: 1") / "z.yaml"
    deeper = written(tmp_path / "deep", a="registry: 1") / "a.yaml"
    assert find_articles(tmp_path, recursive=True).registries == (nearest, deeper)


def test_what_has_a_headline_is_no_registry(tmp_path: Path) -> None:
    folder = written(tmp_path, one="registry: 1\nheadline: Ferry")
    assert find_articles(folder, recursive=True) == ArticleFiles((folder / "one.yaml",))
    assert not looks_like_registry(b"registry: 1\nheadline: Ferry")


def test_encodings_that_the_checker_complains_of_are_articles(tmp_path: Path) -> None:
    (tmp_path / "utf16.yaml").write_bytes("headline: Ferry".encode("utf-16"))
    (tmp_path / "latin.yaml").write_bytes("outlet: Höfn\nheadline: Ferry".encode("latin-1"))
    files = find_articles(tmp_path, recursive=False).files
    assert [load_article(file).problems[0].code for file in files] == ["not-utf8", "not-utf8"]


def test_a_file_is_itself_whatever_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no article", "utf-8")
    assert find_articles(file, recursive=True) == ArticleFiles((file,))


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        find_articles(tmp_path / "none", recursive=True)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError):
        find_articles(tmp_path, recursive=True)


def test_what_cannot_be_listed_or_looked_at_below_a_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open", "shut", "unentered"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, one="headline: 1")
    scandir, lstat = os.scandir, os.lstat

    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if str(path).endswith("shut") else scandir(path))
    monkeypatch.setattr(os, "lstat", lambda path: refuse(path) if "unentered" in str(path) else lstat(path))
    found = find_articles(tmp_path, recursive=True)
    assert [str(file.relative_to(tmp_path)) for file in found.files] == ["open/one.yaml", "unentered/one.yaml"]
    message = "cannot list the folder: Permission denied; chmod u+rx lets you enter it, if it is yours"
    assert found.unread == (Problem(str(tmp_path / "shut"), 1, 1, "cannot-read", message),)


@pytest.mark.parametrize("name", ["one.YAML", "one.Yml", "one.JSON"])
def test_endings_in_any_case(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"headline": "Ferry"}', "utf-8")
    assert find_articles(tmp_path, recursive=False).files == (tmp_path / name,)
    assert [path for path, _ in LibraryFiles(tmp_path)] == [name.encode()]


def test_a_file_with_several_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "beyond").mkdir()
    library = written(tmp_path / "deep", real="headline: 1", hard="headline: 2")
    far = written(tmp_path / "beyond", far="headline: 3") / "far.yaml"
    (library / "sub").mkdir()
    (library / "a.yaml").symlink_to("real.yaml")
    (library / "b.yaml").symlink_to("a.yaml")
    os.link(library / "hard.yaml", library / "sub" / "z.yaml")
    (library / "c.yaml").symlink_to("sub/z.yaml")
    (library / "far1.yaml").symlink_to(far)
    (library / "far2.yaml").symlink_to(far)
    (library / "round").symlink_to(library)
    (library / ".hidden.yaml").write_text("headline: 4", "utf-8")
    (library / "shown.yaml").symlink_to(".hidden.yaml")
    names = ["far1.yaml", "hard.yaml", "real.yaml", "shown.yaml"]
    assert [file.name for file in find_articles(library, recursive=True).files] == names
    assert [path for path, _ in LibraryFiles(library)] == [name.encode() for name in names]
    # The same through another name of the folder.
    (tmp_path / "other").symlink_to(library)
    assert [file.name for file in find_articles(tmp_path / "other", recursive=True).files] == names
    assert [path for path, _ in LibraryFiles(tmp_path / "other")] == [name.encode() for name in names]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("has_mark", [True, False])
def test_wide_encodings_are_called_by_their_name(tmp_path: Path, encoding: str, has_mark: bool) -> None:
    file = tmp_path / "one.yaml"
    mark = "\ufeff" if has_mark and encoding[-2:] in ("le", "be") else ""
    file.write_bytes(f"{mark}headline: Höfn 港\n".encode(encoding))
    assert find_articles(tmp_path, recursive=False).files == (file,)
    (problem,) = load_article(file).problems
    name = encoding[:6].upper()
    assert (problem.code, problem.message) == ("not-utf8", f"the file is in {name}: save it as UTF-8")


@pytest.mark.parametrize("data", [b"\0", b"a\0", b"\0a", b"a\0b"])
def test_a_stray_zero_byte_is_no_wide_encoding(data: bytes) -> None:
    assert find_wide_encoding(data) == ""


def test_a_folder_with_its_sub_folders(tmp_path: Path) -> None:
    for name in ("b", "a", ".git"):
        written(tmp_path, b="headline: 1", a="body: 2", other="key: 3")
        (tmp_path / name).mkdir()
        written(tmp_path / name, one="headline: 4")
    (tmp_path / "short.yml").write_text("headline: 5", "utf-8")
    (tmp_path / "notes.txt").write_text("headline: 6", "utf-8")
    (tmp_path / ".hidden.yaml").write_text("headline: 7", "utf-8")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.yaml")
    found = find_articles(tmp_path, recursive=True)
    names = [file.relative_to(tmp_path).as_posix() for file in found.files]
    assert names == ["a/one.yaml", "a.yaml", "b/one.yaml", "b.yaml", "short.yml"]
    assert (found.other_files, found.hidden_folders) == (2, 1)
    told = {Path(problem.path).name: problem.message for problem in found.unread_files}
    assert told["gone.yaml"].endswith("No such file or directory; if it is a link, what it leads to is gone")
    assert told["pipe.yaml"] == "cannot read the file: it is a named pipe, not a regular file"
    flat = find_articles(tmp_path, recursive=False)
    assert [file.name for file in flat.files] == ["a.yaml", "b.yaml", "short.yml"]
    assert (flat.other_files, flat.hidden_folders, len(flat.unread_files)) == (2, 0, 2)


def test_default_is_the_library_named_by_the_environment(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library / "deep").mkdir(parents=True)
    written(library / "deep", one="headline: 1")
    written(tmp_path, here="headline: 2")
    found = find_default_articles({"DOSSIER_LIBRARY": str(library)}, tmp_path)
    assert found.files == (library / "deep" / "one.yaml",)
    with pytest.raises(FileNotFoundError):
        find_default_articles({"DOSSIER_LIBRARY": str(tmp_path / "none")}, tmp_path)
    with pytest.raises(FileNotFoundError):
        find_default_articles({"DOSSIER_LIBRARY": "~nobody-has-this-name/library"}, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "Ferry"}',
        '\ufeff\r\n{\r\n\t"outlet":"H",\r\n\t"tags": ["a", {"b": 1}],\r\n\t"body":["x"]}',
        '{"outlet": "\\ud83d\\ude00 } \\" {", "n": {"body": 1}, "headline": "Ferry"}',
        '{"outlet": None, "headline": "Ferry"}',
        '{"headline": "Ferry", "body": [',
    ],
)
def test_article_in_json(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.Json").write_text(text, "utf-8", newline="")
    assert find_articles(tmp_path, recursive=False) == ArticleFiles((tmp_path / "one.Json",))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"name": "dossier", "scripts": {"headline": "x", "body": "y"}}',
        '[{"headline": "Ferry"}]',
        '{"a": "headline", "b": ["headline", "body"]}',
        '"headline"',
    ],
)
def test_other_json(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.json").write_text(text, "utf-8")
    assert find_articles(tmp_path, recursive=False) == ArticleFiles((), 1)


def test_names_in_any_case_of_letters_and_a_registry_in_json(tmp_path: Path) -> None:
    for name in ("a.YAML", "b.Yml", "c.JSON", "d.json5", ".e.json", "f.jsonl"):
        (tmp_path / name).write_text('{"headline": "Ferry"}', "utf-8")
    (tmp_path / "registry.json").write_text('{"registry": 1, "people": {}}', "utf-8")
    found = find_articles(tmp_path, recursive=False)
    assert [file.name for file in found.files] == ["a.YAML", "b.Yml", "c.JSON"]
    assert [file.name for file in found.registries] == ["registry.json"]
    assert found.other_files == 1


def test_default_is_what_has_a_headline_here_and_not_below(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep", one="headline: 1")
    written(tmp_path, body="body: 2", two="headline: 3\nbody: 4")
    assert find_default_articles({"DOSSIER_LIBRARY": ""}, tmp_path).files == (tmp_path / "two.yaml",)
    (tmp_path / "two.yaml").unlink()
    assert find_default_articles({}, tmp_path).files == (find_bundled_folder() / "nato-seoul-2023.yaml",)


def test_bundled_articles_are_there() -> None:
    assert [file.name for file in find_articles(find_bundled_folder(), recursive=False).files] == [
        "nato-seoul-2023.yaml"
    ]
    assert len(find_articles(find_tutorial_folder(), recursive=True).files) >= 8


def test_bundled_articles_are_where_the_wheel_puts_them() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["force-include"] == {"data": "dossier/data"}
    assert find_bundled_folder() in (ROOT / "dossier" / "data", ROOT / "data")
