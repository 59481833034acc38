"""Everything can leave, and what left can come in again: ``gongkai export`` and ``gongkai import-site``."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.cli import export, import_site
from gongkai.documents.models import Attachment, Column, Content, Edition, LegacyImport, Paper

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF = b"%PDF-1.4 example"


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "check_tables", lambda: None)
    monkeypatch.setattr(import_site, "check_tables", lambda: None)


@pytest.fixture
def keeper() -> User:
    unit = Unit.objects.create(name="示例区政府办公室", short_name="区政府办", kind=Kind.OFFICE)
    user = User.objects.create_user(username="office", full_name="测试", password="not-for-anybody-1")
    Post.objects.create(user=user, unit=unit, role=Role.OFFICE, started_on=date(2020, 1, 1))
    return user


@pytest.fixture
def paper(keeper: User) -> Paper:
    unit = keeper.posts.get().unit
    said = {"title": "关于测试的通知", "number": "枣政发〔2020〕1号", "attribute": "active"}
    said |= {"made_on": date(2020, 3, 1), "summary": "概述，带逗号"}
    paper = Paper.objects.create(
        unit=unit,
        code="000001/2020-00001",
        state="live",
        created_by=keeper,
        created_on=date(2020, 3, 1),
        **said,
    )
    paper.published_at = "2020-03-02T09:30:00+08:00"
    edition = Edition.objects.create(
        paper=paper, state="live", written_by=keeper, written_on=date(2020, 3, 1), **said
    )
    files = []
    for title, kind, content, inline in (("位置图", "png", PNG, True), ("名单", "pdf", PDF, False)):
        stored = default_storage.save(f"papers/x.{kind}", ContentFile(content))
        files.append(
            Attachment.objects.create(
                edition=edition, title=title, upload=stored, kind=kind, size=len(content), inline=inline
            )
        )
    html = f'<p>正文。<img src="/files/{files[0].pk}/x.png" alt="位置图"></p>'
    Content.objects.create(edition=edition, html=html, text="正文。")
    paper.live = edition
    paper.save()
    paper.columns.add(Column.objects.create(name="通知公告", slug="notices"))
    return paper


def run(program: Any, *words: str) -> int:
    try:
        program.app(prog_name="gongkai", args=list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_what_leaves_can_come_in_again_whole(paper: Paper, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert run(export, str(folder)) == 0
    keeper = paper.created_by
    for table in (Attachment, Content):
        table.objects.all().delete()
    Paper.objects.update(live=None)
    Edition.objects.all().delete()
    Paper.objects.all().delete()
    assert run(import_site, str(folder), "--by", keeper.username) == 0
    found = Paper.objects.get()
    assert (found.title, found.number, found.code) == (paper.title, paper.number, "000001/2020-00001")
    assert (found.made_on, found.summary, found.unit) == (paper.made_on, paper.summary, paper.unit)
    assert found.published_at.isoformat() == "2020-03-02T01:30:00+00:00"
    assert [column.slug for column in found.columns.all()] == ["notices"]
    kinds = dict(found.live.attachments.values_list("kind", "inline"))
    assert kinds == {"png": True, "pdf": False}
    picture = found.live.attachments.get(kind="png")
    assert f'src="/files/{picture.pk}/' in found.live.content.html
    assert found.old_addresses.get().path == f"/papers/{paper.pk}/"


def test_every_table_leaves_and_no_password(paper: Paper, tmp_path: Path) -> None:
    run(export, str(tmp_path / "out"))
    lines = (tmp_path / "out/tables/documents.paper.jsonl").read_text("utf-8").splitlines()
    row = json.loads(lines[0])
    assert (row["title"], row["unit_id"], len(row["columns"])) == (paper.title, paper.unit_id, 1)
    users = (tmp_path / "out/tables/accounts.user.jsonl").read_text("utf-8")
    assert "office" in users
    assert '"password"' not in users
    assert paper.created_by.password not in users
    assert "政府信息" in (tmp_path / "out/README.md").read_text("utf-8")


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert run(export, str(tmp_path)) == 2


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("none.csv", ["--by", "office"], "没有"),
        ("a.exe", ["--by", "office"], "格式不支持"),
        ("a.csv", ["--by", "nobody"], "没有用户名"),
        ("a.csv", ["--by", "office"], "没有找到表头"),
        ("b.csv", ["--by", "office", "--unit", "没有"], "没有名为"),
        ("b.csv", ["--by", "office", "--column", "none"], "没有网址代码"),
    ],
)
def test_bad_input_is_said_in_one_sentence_with_status_two(
    keeper: User, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str], reason: str
) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.csv").write_text("标题,发布日期\n甲,2020-1-1\n")
    assert run(import_site, str(tmp_path / name), *words) == 2
    assert reason in capsys.readouterr().err


def test_a_rehearsal_writes_no_paper(
    keeper: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "清单.csv"
    manifest.write_text("标题,发布日期,发布机构\n甲,2020-1-1,区政府办\n,2020-1-1,区政府办\n")
    assert run(import_site, str(manifest), "--by", "office", "--dry-run") == 0
    assert "新增 1" in capsys.readouterr().out
    assert not Paper.objects.exists()
    assert LegacyImport.objects.get().state == "dropped"
