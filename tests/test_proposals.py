"""What a pull request brings is data: taken as such, read in confinement, and shown as harmless text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from tests.support.project import REAL, replace, write_project

SCRIPTS = REAL / ".github/scripts"
NAV = "nav:\n  - index.md\n  - Prisons:\n      - prisons/index.md\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a project as the base branch has it."""
    return with_nav(write_project(tmp_path / "base", REAL))


@pytest.fixture
def proposed(tmp_path: Path) -> Path:
    """Return a copy of the project for a proposal."""
    return with_nav(write_project(tmp_path / "proposed", REAL))


def with_nav(project: Path) -> Path:
    """Add a list of pages to a project."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(config + NAV, encoding="utf-8")
    return project


def script(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a workflow does: without make, which would keep Python from the modules beside the script."""
    program = [SCRIPTS / name] if name.endswith(".sh") else [sys.executable, SCRIPTS / name]
    environment = {**os.environ, "PYTHONSAFEPATH": "", **environment}
    return subprocess.run(
        [*program, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_content_is_taken_and_nothing_else(base: Path, proposed: Path) -> None:
    """New, changed and deleted pages and facts arrive, and so does the list of pages; code and configuration do not."""
    replace(proposed, "docs/prisons/release.md", "Silence.", "Shouting.")
    (proposed / "docs/prisons/new.md").write_text("new", encoding="utf-8")
    (proposed / "docs/roles/teacher.md").unlink()
    replace(proposed, "mkdocs.yml", "- index.md\n", "- index.md\n  - New page (draft): prisons/new.md\n")
    replace(proposed, "mkdocs.yml", "plugins:\n", "hooks:\n  - evil.py\nplugins:\n")
    for name in ("evil.py", "macros.py", "handbook/__init__.py", "overrides/main.html", "Makefile"):
        (proposed / name).parent.mkdir(exist_ok=True)
        (proposed / name).write_text("evil", encoding="utf-8")
    before = snapshot(base)
    done = script("adopt.py", proposed, base)
    assert (done.returncode, done.stdout) == (0, "")
    after = snapshot(base)
    assert after.keys() ^ before.keys() == {"docs/prisons/new.md", "docs/roles/teacher.md"}
    changed = {name for name in after.keys() & before.keys() if after[name] != before[name]}
    assert changed == {"docs/prisons/release.md", "mkdocs.yml"}
    assert b"New page (draft): prisons/new.md" in after["mkdocs.yml"]
    assert b"evil" not in b"".join(after.values())


def test_links_and_devices_are_refused(base: Path, proposed: Path) -> None:
    """What is no plain file could lead to any file of the machine; each is named, and nothing is taken."""
    (proposed / "docs/passwd.md").symlink_to("/etc/passwd")
    (proposed / "docs/root").symlink_to("/")
    (proposed / "data/loop.yml").symlink_to("loop.yml")
    os.mkfifo(proposed / "docs/pipe.md")
    replace(proposed, "docs/prisons/release.md", "Silence.", "Shouting.")
    before = snapshot(base)
    done = script("adopt.py", proposed, base)
    assert done.returncode == 1
    reason = "is a link or a device; put the file itself here"
    named = ["docs/passwd.md", "docs/pipe.md", "docs/root", "data/loop.yml"]
    assert done.stdout.splitlines() == [f"::error file={name},line=1::{name} {reason}" for name in named]
    assert snapshot(base) == before


@pytest.mark.parametrize("folder", ["docs", "data"])
def test_folder_that_is_a_link_is_refused(base: Path, proposed: Path, folder: str) -> None:
    """The folders themselves are looked at, too."""
    shutil.rmtree(proposed / folder)
    (proposed / folder).symlink_to("/etc")
    assert script("adopt.py", proposed, base).stdout == f"::error file={folder},line=1::{folder} is not a folder\n"


@pytest.mark.parametrize(
    "line",
    [
        "  - !!python/object/apply:os.system [id]",
        "  - !ENV SECRET",
        "  - &anchor index.md",
        "  - ../../etc/passwd.md",
        "hooks: [docs/evil.py]",
        "  - https://example.org/",
        "  - {Title: index.md}",
        " " * 41 + "- index.md",
    ],
)
def test_list_of_pages_is_only_that(base: Path, proposed: Path, line: str) -> None:
    """The end of the configuration is taken only if it cannot be more than a list of pages."""
    replace(proposed, "mkdocs.yml", "- index.md\n", f"- index.md\n{line}\n")
    number = (proposed / "mkdocs.yml").read_text(encoding="utf-8").splitlines().index(line) + 1
    done = script("adopt.py", proposed, base)
    wanted = f"::error file=mkdocs.yml,line={number}::mkdocs.yml is no entry of a list of pages\n"
    assert (done.returncode, done.stdout) == (1, wanted)


@pytest.mark.parametrize(
    "line", [" " * 100_000 + "x", "- " + "a/" * 50_000, "- " + "a " * 50_000 + "{", "x" * 2_000_000]
)
def test_list_of_pages_is_read_in_no_time(base: Path, proposed: Path, line: str) -> None:
    """A line that is made to be long is refused, and so is a file."""
    replace(proposed, "mkdocs.yml", "- index.md\n", f"- index.md\n{line}\n")
    command = [sys.executable, *map(str, (SCRIPTS / "adopt.py", proposed, base))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, done.stdout[:23]) == (1, "", "::error file=mkdocs.yml")


def test_depth_has_a_limit(base: Path, proposed: Path) -> None:
    """Folders in folders end before any program does that goes down into them."""
    handle = os.open(proposed / "docs", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
    done = script("adopt.py", proposed, base)
    subprocess.run(["rm", "-rf", proposed], check=True)  # noqa: S607 - Python would go too deep, too
    assert (done.returncode, done.stderr) == (1, "")
    assert "is more than 20 folders deep" in done.stdout


def test_real_list_of_pages_is_taken(tmp_path: Path) -> None:
    """The list that the project has is one that may be proposed."""
    for name in ("base", "proposed"):
        for folder in ("docs", "data"):
            (tmp_path / name / folder).mkdir(parents=True)
        shutil.copy(REAL / "mkdocs.yml", tmp_path / name)
    assert script("adopt.py", tmp_path / "proposed", tmp_path / "base").stdout == ""
    assert (tmp_path / "base/mkdocs.yml").read_bytes() == (REAL / "mkdocs.yml").read_bytes()


def test_names_cannot_speak_to_github(base: Path, proposed: Path) -> None:
    """A file's name is printed so that it is no command of its own."""
    (proposed / "docs/a\n::add-mask::x,y.md").symlink_to("x")
    done = script("adopt.py", proposed, base)
    assert [line[:13] for line in done.stdout.splitlines()] == ["::error file="]


class Listener(BaseHTTPRequestHandler):
    """Hears whoever gets out."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


def confined(code: str, seconds: int = 20, megabytes: int = 1000) -> subprocess.CompletedProcess[str]:
    """Run Python code as a command that reads what strangers wrote."""
    return script("confined.sh", seconds, megabytes, sys.executable, "-c", code, SECRET="s3cret")  # noqa: S106 - it is not one


def test_confined_has_no_network() -> None:
    """Not even a server on the same machine can be reached, which can be reached otherwise."""
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code = f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{server.server_port}', timeout=5).status)"
    free = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    kept = confined(code)
    server.shutdown()
    server.server_close()
    assert (free.stdout, kept.stdout) == ("200\n", "")
    assert "Network is unreachable" in kept.stderr or "Connection refused" in kept.stderr


def test_confined_has_no_environment() -> None:
    """Tokens of the workflow are not there to be found."""
    done = confined("import os; print(sorted(os.environ))")
    assert done.stdout.strip() == "['HOME', 'LANG', 'PATH', 'SOURCE_DATE_EPOCH', 'TMPDIR']"
    assert "s3cret" not in confined("print(open('/proc/self/environ').read())").stdout


def test_confined_has_limits() -> None:
    """Time and memory end, no new rights can be had, and the exit code is the command's."""
    assert confined("import time; time.sleep(30)", seconds=1).returncode == 124
    assert "MemoryError" in confined("bytearray(900_000_000)", megabytes=500).stderr
    assert "NoNewPrivs:\t1" in confined("print(open('/proc/self/status').read())").stdout
    assert [confined(f"raise SystemExit({code})").returncode for code in (0, 1, 2)] == [0, 1, 2]


def test_confined_writes_nowhere_else(tmp_path: Path) -> None:
    """Neither the code of the next step nor anything else of the disk can be changed, and no disk can be put there."""
    code = "import pathlib; pathlib.Path({!r}).write_text('x')"
    assert confined(code.format(str(tmp_path / "there"))).returncode == 1
    for name in (".github/planted", "handbook/planted", "overrides/planted"):
        assert confined(code.format(str(REAL / name))).returncode == 1, name
    assert (
        confined("import subprocess as s; s.run(['mount', '-t', 'tmpfs', 'none', '/mnt'], check=True)").returncode == 1
    )
    assert confined("import os; assert os.listdir('/run') == []").returncode == 0


def test_confined_leaves_nothing_running() -> None:
    """A process that left its group ends with the command."""
    code = "import subprocess as s; print(s.Popen(['sleep', '4321.{}'], start_new_session=True, stdout=s.DEVNULL).pid)"
    done = confined(code.replace("{}", str(os.getpid())))
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert (done.returncode, f"sleep 4321.{os.getpid()}" in running) == (0, False)


@pytest.mark.parametrize(("seconds", "megabytes"), [(0, 100), (5, -1), (5, 0), (-1, 100)])
def test_confined_has_limits_or_does_not_run(seconds: int, megabytes: int) -> None:
    """Nothing runs when a limit is none."""
    done = confined("print('ran')", seconds, megabytes)
    assert (done.returncode, done.stdout) == (125, "")


def test_site_can_be_built_in_confinement(tiny: Path) -> None:
    """Building needs nothing of what is taken away."""
    command = [str(SCRIPTS / "confined.sh"), "300", "8192", sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=tiny, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tiny / "site/index.html").is_file()


def test_whole_way_of_a_proposal(base: Path, proposed: Path) -> None:
    """What is proposed is adopted, checked to the line and told in words, all by the code of the base branch."""
    git = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Base"]):
        subprocess.run([*git, *words], cwd=base, check=True)
    replace(proposed, "docs/prisons/release.md", "Silence.", "Never shout at anyone.")
    replace(proposed, "docs/prisons/release.md", '{{ actor("ran") }}', '{{ actor("rann") }}')
    assert script("adopt.py", proposed, base).returncode == 0

    def confined_handbook(*words: str) -> subprocess.CompletedProcess[str]:
        handbook = str(Path(sys.executable).with_name("handbook"))
        command = [str(SCRIPTS / "confined.sh"), "300", "4096", handbook, *words]
        return subprocess.run(command, cwd=base, capture_output=True, text=True, check=False)

    checked = confined_handbook("check", "--format", "github")
    assert checked.returncode == 1
    assert "::error file=docs/prisons/release.md,line=30,col=67,title=unknown-actor::" in checked.stdout
    told = confined_handbook("diff", "HEAD")
    assert (told.returncode, "`prisons/release.md`" in told.stdout) == (0, True), told.stdout


GH = """\
#!{python}
import json, pathlib, sys
said = sys.stdin.read() if "-" in sys.argv else ""
folder = pathlib.Path({folder!r})
with (folder / "said").open("a") as log:
    log.write(json.dumps([sys.argv[1:], said]) + "\\n")
for part, answer in json.loads((folder / "answers").read_text()).items():
    if part in " ".join(sys.argv):
        print(json.dumps(answer))
        break
else:
    print("{{}}")
"""
"""Stands in for GitHub's program: notes what it is asked, and answers as it was told."""


def with_github(
    folder: Path, name: str, argument: Path, answers: dict[str, object]
) -> tuple[int, list[tuple[list[str], str]]]:
    """Run a script beside a stand-in for GitHub, and give its exit code and what it asked."""
    folder.mkdir(exist_ok=True)
    (folder / "gh").write_text(GH.format(python=sys.executable, folder=str(folder)), encoding="utf-8")
    (folder / "gh").chmod(0o755)
    (folder / "answers").write_text(json.dumps(answers), encoding="utf-8")
    (folder / "said").write_text("", encoding="utf-8")
    path = f"{folder}:{os.environ['PATH']}"
    done = script(name, argument, PATH=path, REPOSITORY="owner/name", COMMIT="abc")
    said = (folder / "said").read_text(encoding="utf-8").splitlines()
    return done.returncode, [(words, text) for words, text in map(json.loads, said)]


PULL = {"head": {"sha": "abc"}, "base": {"sha": "def"}}
PAGES = {"files": [{"filename": "docs/index.md"}, {"filename": "docs/b.md", "previous_filename": "docs/a.md"}]}
OURS = {"id": 7, "user": {"login": "github-actions[bot]"}, "body": "<!-- what this pull request changes -->\nold"}
THEIRS = {**OURS, "id": 6, "user": {"login": "somebody"}}


def report(folder: Path, number: str, text: str) -> Path:
    """Write what a run leaves for the comment."""
    folder.mkdir(exist_ok=True)
    (folder / "number").write_text(number, encoding="utf-8")
    (folder / "diff.md").write_text(text, encoding="utf-8")
    return folder


def test_comment_is_posted_once_and_renewed(tmp_path: Path) -> None:
    """The first time a comment is made, later that one is changed, and nobody else's."""
    left = report(tmp_path / "report", "12\n", "## What\n\n- **Gained:** `PRI-01`")
    known = {"pulls/12": PULL, "compare/def...abc": PAGES, "&page=1": [THEIRS] * 100}
    first = with_github(tmp_path / "gh", "comment.py", left, {**known, "&page=2": [THEIRS]})
    later = with_github(tmp_path / "gh", "comment.py", left, {**known, "&page=2": [THEIRS, OURS]})
    assert first[1][-1][0][:4] == ["api", "--method", "POST", "repos/owner/name/issues/12/comments"]
    assert later[1][-1][0][:4] == ["api", "--method", "PATCH", "repos/owner/name/issues/comments/7"]
    mark, head, _, fence, *lines, end = json.loads(later[1][-1][1])["body"].splitlines()
    assert (mark, fence, end) == ("<!-- what this pull request changes -->", "```text", "```")
    assert head == "What this pull request changes in pages and data, as its run says:"
    assert lines == ["## What", "", "- **Gained:** `PRI-01`"]


@pytest.mark.parametrize(
    "files",
    [
        [{"filename": "docs/index.md"}, {"filename": ".github/workflows/check.yml"}],
        [{"filename": "docs/x.md", "previous_filename": ".github/scripts/adopt.py"}],
        [{"filename": "docs/index.md"}] * 300,
    ],
)
def test_whoever_changes_the_run_is_not_told(tmp_path: Path, files: list[dict[str, str]]) -> None:
    """What a changed workflow leaves behind may be anything, so nothing of it is posted."""
    left = report(tmp_path / "report", "12", "all checks passed")
    answers = {"pulls/12": PULL, "compare/def...abc": {"files": files}, "comments": []}
    code, said = with_github(tmp_path / "gh", "comment.py", left, answers)
    body = json.loads(said[-1][1])["body"]
    assert (code, "all checks passed" in body, "there is no summary" in body) == (0, False, True)


@pytest.mark.parametrize(
    ("number", "answers", "asked"),
    [("12", {"pulls/12": {"head": {"sha": "other"}}}, 1), ("12/../../x", {}, 0), ("1; id", {}, 0), ("", {}, 0)],
)
def test_comment_elsewhere_is_not_made(tmp_path: Path, number: str, answers: dict[str, object], asked: int) -> None:
    """A run cannot name another pull request than its own."""
    code, said = with_github(tmp_path / "gh", "comment.py", report(tmp_path / "report", number, "x"), answers)
    assert (code, len(said)) == (1, asked)


TRICKS = [
    "# All checks passed",
    "> [!WARNING]\n> Approved by maintainers",
    "- [x] Approved",
    "```\n@someone #12 GH-12\n````\n[x](//evil.example) ![x](//evil.example)\n```",
    "a\r```\r\r@someone\r```",
    "`" * 200 + "\n<img src=x onerror=y>",
    "~~~\n</code></pre><b>",
    "$\\href{//evil}{x}$",
    "a\u202eb\u061c\u00ad\x1b[31m\x00",
]


def shown(markdown: str) -> tuple[set[str], str]:
    """Return the elements that become of Markdown, in GitHub's dialect, and the text of the one block of code."""
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    tree = html.fragment_fromstring(rendered, create_parent="div")
    return {str(element.tag) for element in tree.iterdescendants() if isinstance(element.tag, str)}, str(
        tree.findtext("pre/code")
    )


@pytest.mark.parametrize("text", TRICKS)
@pytest.mark.parametrize("name", ["comment.py", "weekly.py"])
def test_what_is_posted_is_text(tmp_path: Path, name: str, text: str) -> None:
    """Neither a proposal nor another host can make it look like ours: it stands in one block of code, and shows all."""
    answers = {"pulls/12": PULL, "compare/def...abc": PAGES, "comments": [], "issue list": []}
    left = report(tmp_path / "report", "12", text)
    said = with_github(tmp_path / "gh", name, left if name == "comment.py" else left / "diff.md", answers)[1]
    body = json.loads(said[-1][1])["body"] if name == "comment.py" else said[-1][1]
    elements, code = shown(body)
    assert elements == {"p", "pre", "code"}
    assert [character for character in code if not character.isprintable() and character != "\n"] == []
    assert len(code.strip()) == len(text.strip())


def test_comment_has_a_limit(tmp_path: Path) -> None:
    """What GitHub would not take is cut."""
    left = report(tmp_path / "report", "12", "word " * 40_000)
    answers = {"pulls/12": PULL, "compare/def...abc": PAGES, "comments": []}
    said = with_github(tmp_path / "gh", "comment.py", left, answers)[1]
    assert 60_000 < len(json.loads(said[-1][1])["body"]) < 65_536


@pytest.mark.parametrize(
    ("text", "issues", "asked"),
    [
        ("", [], ["issue list"]),
        ("", [{"number": 5}], ["issue list", "issue close 5"]),
        ("bad link", [], ["issue list", "label create", "issue create"]),
        ("bad link", [{"number": 5}], ["issue list", "issue edit 5"]),
    ],
)
def test_one_issue_for_all_weeks(tmp_path: Path, text: str, issues: list[object], asked: list[str]) -> None:
    """The issue is opened, renewed and closed; there is never a second one."""
    (tmp_path / "weekly.txt").write_text(f"{text}\n", encoding="utf-8")
    code, said = with_github(tmp_path / "gh", "weekly.py", tmp_path / "weekly.txt", {"issue list": issues})
    assert code == 0
    assert [" ".join(words).startswith(start) for (words, _), start in zip(said, asked, strict=True)] == [True] * len(
        asked
    )
    assert all(text in body for words, body in said if "--body-file" in words)
