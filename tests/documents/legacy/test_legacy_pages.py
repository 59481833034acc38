"""From the manifest to the report, as the office does it in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models import LegacyImport, Paper
from gongkai.documents.services.legacy import running
from tests.documents.legacy.conftest import as_csv, row

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def handed_in(desk: Client, content: bytes) -> Any:
    upload = SimpleUploadedFile("旧站清单.csv", content)
    return desk.post(reverse("legacy_new"), {"upload": upload}, follow=True)


def test_a_manifest_is_handed_in_checked_started_and_reported(desk: Client, home: Unit) -> None:
    page = handed_in(desk, as_csv([row(1), row(2, 信息标题="")])).content.decode()
    assert "第2列：信息标题" in page
    assert "关于测试事项1的通知" in page
    batch = LegacyImport.objects.get()
    chosen = {code: str(place) for code, place in batch.mapping["places"].items()}
    saved = desk.post(reverse("legacy_arrange", args=[batch.pk]), chosen, follow=True).content.decode()
    assert "列对应已保存" in saved
    started = desk.post(reverse("legacy_start", args=[batch.pk]), follow=True).content.decode()
    assert "已开始导入" in started
    assert DBTaskResult.objects.get().args_kwargs["args"] == [batch.pk]
    waiting = desk.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in waiting
    running.run_import.func(batch.pk)
    done = desk.get(batch.get_absolute_url()).content.decode()
    assert "hx-trigger" not in done
    assert Paper.objects.filter(state="live").count() == 1
    rows = desk.get(reverse("legacy_rows", args=[batch.pk]), {"outcome": "refused"}).content.decode()
    assert "没有标题" in rows
    assert "关于测试事项1的通知" not in rows
    assert desk.get(reverse("legacy_rows", args=[batch.pk]), {"export": "xlsx"}).status_code == 200


def test_a_file_that_is_no_manifest_is_said_at_once_and_leaves_nothing(desk: Client) -> None:
    page = handed_in(desk, b"a,b\n1,2\n").content.decode()
    assert "没有找到表头" in page
    assert not LegacyImport.objects.exists()


def test_without_a_title_column_the_mapping_is_not_saved(desk: Client) -> None:
    handed_in(desk, as_csv([row(1)]))
    batch = LegacyImport.objects.get()
    answer = desk.post(reverse("legacy_arrange", args=[batch.pk]), {"title": ""})
    assert "请选择标题" in answer.content.decode()


def test_a_manifest_that_is_gone_is_said_and_nothing_breaks(desk: Client) -> None:
    handed_in(desk, as_csv([row(1)]))
    batch = LegacyImport.objects.get()
    batch.upload.storage.delete(batch.upload.name)
    assert "重新上传" in desk.get(reverse("legacy_arrange", args=[batch.pk])).content.decode()


def test_an_import_that_runs_is_not_started_twice(desk: Client) -> None:
    handed_in(desk, as_csv([row(1)]))
    batch = LegacyImport.objects.get()
    for _ in range(2):
        desk.post(reverse("legacy_start", args=[batch.pk]))
    assert DBTaskResult.objects.count() == 1
