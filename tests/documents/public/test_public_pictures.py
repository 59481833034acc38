"""Pictures keep their room, come late and light; files of former editions are private, the page says so."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.documents.models import Attachment
from gongkai.documents.reading.pictures import HEAVY, WIDEST, lighter, size_of
from gongkai.documents.services import attachments, papers, publication
from gongkai.documents.services.pictures import measure_missing
from gongkai.frame.uploads import check
from tests.documents.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def drawn(wide: int, high: int, kind: str = "PNG", **more) -> bytes:
    out = BytesIO()
    Image.effect_noise((wide, high), 80).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def put(edition, content: bytes, name: str = "图.png"):
    checked = check(SimpleUploadedFile(name, content), ("png", "jpg"), 20 * 2**20)
    row = attachments.attach(edition, checked=checked, by=edition.written_by, alt="流程图", inline=True)
    edition.refresh_from_db()
    html = f'<p>看图</p><p><img src="/files/{row.pk}/a.png" alt="流程图"></p>'
    return row, papers.edit_edition(edition, by=edition.written_by, html=html)


def test_a_picture_on_the_page_has_its_size_and_comes_late(draft, page):
    _, edition = put(draft(), drawn(300, 200))
    found = publication.put_live(edition, by=edition.written_by, at=NOW).paper
    picture = page(found.get_absolute_url()).css_first(".gk-prose img")
    wanted = {"width": "300", "height": "200", "loading": "lazy", "alt": "流程图"}
    assert wanted.items() <= picture.attributes.items()


def test_a_heavy_picture_comes_in_lighter_and_says_its_true_size(draft):
    heavy = drawn(2600, 1300, "JPEG", quality=98)
    row, _ = put(draft(), heavy, "照片.jpg")
    with default_storage.open(row.upload.name) as file:
        kept = file.read()
    assert len(heavy) > HEAVY > 0
    assert len(kept) == row.size < len(heavy)
    assert (row.width, row.height) == size_of(kept) == (WIDEST, WIDEST // 2)


def test_a_photograph_that_lies_on_its_side_is_measured_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    content = drawn(60, 20, "JPEG", exif=turned)
    assert size_of(content) == (20, 60)
    assert lighter(content, "jpg") is content


def test_what_is_no_picture_has_no_size():
    assert size_of(b"\x89PNG\r\n\x1a\n" + b"0" * 50) is None
    assert lighter(b"nothing", "png") == b"nothing"


def test_pictures_of_an_import_are_measured_in_the_night(draft):
    row, _ = put(draft(), drawn(30, 20))
    Attachment.objects.update(width=None, height=None)
    assert (measure_missing(), measure_missing()) == (1, 0)
    row.refresh_from_db()
    assert (row.width, row.height) == (30, 20)


@pytest.mark.clause("29")
def test_files_of_a_former_edition_are_private_again_and_the_page_says_so(draft, page, client, at):
    _, edition = put(draft(), drawn(300, 200))
    by = edition.written_by
    file = check(SimpleUploadedFile("旧表.txt", "旧".encode()), ("txt",), 2**20)
    old = attachments.attach(edition, checked=file, by=by, title="旧表")
    found = publication.put_live(edition, by=by, at=NOW.replace(day=1)).paper
    picture = edition.attachments.get(inline=True)
    given = client.get(reverse("attachment", args=[old.pk, "x"]))
    assert b"".join(given.streaming_content) == "旧".encode()
    newer = papers.revise(found, by=by, today=TODAY)
    for row in newer.attachments.all():
        attachments.detach(row, by=by)
    newer.refresh_from_db()
    papers.edit_edition(newer, by=by, html="<p>新的正文</p>")
    newer.refresh_from_db()
    publication.put_live(newer, by=by, at=at)
    for row in (old, picture):
        assert client.get(reverse("attachment", args=[row.pk, "x"])).status_code == 404
    then = page(f"{found.get_absolute_url()}?on=2021-04-10")
    words = then.css_first("main").text()
    assert "旧表" in words
    assert "附件不再提供下载" in words
    assert "［图：流程图］" in words
    assert not then.css(".gk-prose img")
    assert not then.css(f'a[href^="/files/{old.pk}/"]')
