"""Every page of the site, found by its resolver, as everybody who may open it, at a desk and on a phone.

A new page joins by being there; `tests/browser/world.py` must hold a record that its address can be about.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from gongkai.accounts.models import User
from gongkai.demo.district import ADMINISTRATOR_CODE, ASSESSOR_CODE, OFFICE_CODE, PASSWORD
from tests.addresses import places
from tests.browser.conftest import AXE, DESKTOP, PHONE, fits
from tests.browser.world import TODAY, World

PEOPLE = {
    "office": OFFICE_CODE,
    "officer": "fagai",
    "approver": "fagai-fzr",
    "secrecy": "fagai-bm",
    "legal": "sifa-fz",
    "administrator": ADMINISTRATOR_CODE,
    "assessor": ASSESSOR_CODE,
    "citizen": "",
}
EVERY = places()
#: addresses that only take what a page sends, answer with a file, or exist for the sign-in library alone
ACTS = {
    "account_email_verification_sent",
    "account_logout",
    "account_set_password",
    "account_signup",
    "attachment",
    "catalogue_sheet",
    "column_feed",
    "column_shut",
    "countersign_withdraw",
    "django.contrib.sitemaps.views.sitemap",
    "edition_autosave",
    "edition_fix",
    "edition_forget",
    "edition_mask",
    "edition_paste",
    "edition_picture",
    "evidence",
    "evidence_drop",
    "findings_check",
    "group_install",
    "import_row_add",
    "import_row_check",
    "import_row_restore",
    "kept_search_drop",
    "legacy_drop",
    "legacy_resume",
    "legacy_start",
    "lookback_report",
    "lookback_start",
    "mfa_authenticate",
    "mfa_download_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "notices_seen",
    "openid_connect_callback",
    "openid_connect_login",
    "paper_find",
    "paper_pdf",
    "paper_renew",
    "paper_word",
    "person_code",
    "person_enable",
    "person_password",
    "pin_accept",
    "pin_drop",
    "plan_export",
    "post_end",
    "progress_evidence",
    "progress_suggestions",
    "progress_thanks",
    "record_download",
    "record_mask",
    "record_template",
    "relation_drop",
    "release_publish",
    "release_take_out",
    "search_feed",
    "search_suggest",
    "site_feed",
    "sitemap_index",
    "socialaccount_connections",
    "socialaccount_signup",
    "staff_file",
    "supervision_letter",
    "synonym_drop",
    "topic_feed",
    "unit_feed",
    "unit_name_drop",
    "urge",
    "word_drop",
    "words_starter",
}
#: a failed single sign-on is a page of its own, with the status 401
SHOWN, BROKEN = (200, 401), 500
#: pages with a form, which set its token
FORMS = {"corrections", "paper_correction", "progress_feedback"}
TAGS = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords")
NAMED = "Object.fromEntries([...document.querySelectorAll('meta[name]')].map(tag => [tag.name, tag.content]))"
MARKS = ("主办单位", "联系方式", "网站标识码", "ICP备案号", "公安备案号", "我要纠错", "网站地图")


@pytest.fixture
def world(transactional_db: None, settings, tmp_path: Path) -> World:
    settings.FIXED_TODAY = TODAY.isoformat()
    settings.SEARCH_INDEX = str(tmp_path / "index")
    return World()


@pytest.fixture
def enter(new_page, sign_in) -> Callable[[str], Page]:
    """`enter("office")`: a browser in which this person is signed in; the assessor has a second factor."""

    def start(role: str) -> Page:
        page = new_page(DESKTOP)
        page.add_init_script(path=AXE)  # sent once, and not again for each page
        if not (name := PEOPLE[role]):
            return page
        sign_in(page, name, PASSWORD)
        page.goto("/accounts/confirm/")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        if role == "assessor":
            user = User.objects.get(username=name)
            TOTP.activate(user, generate_totp_secret())
            RecoveryCodes.activate(user)
        return page

    return start


Elements = frozenset[tuple[str, str]]


class Built(NamedTuple):
    """What a page is built of: what was looked at once in one make-up needs no second look by axe."""

    main: Elements
    around: Elements

    @classmethod
    def of(cls, html: str) -> Self:
        """The elements with their classes, in the main part and around it."""
        head, _, rest = html.partition("<main")
        main, _, foot = rest.partition("</main>")
        return cls(frozenset(ELEMENT.findall(main)), frozenset(ELEMENT.findall(head + foot)))


ELEMENT = re.compile(r"""<([a-z][a-z0-9]*)(?=[\s>])(?:[^<>]*?\sclass="([^"]*)")?""")
WORDLESS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def fit(name: str, html: str) -> None:
    """Named in Chinese, with one heading, nothing of the program's own words."""
    title = re.search(r"<title>\s*(.*?)\s*</title>", html, re.DOTALL)
    assert title, name
    assert re.search(r"[一-鿿]{2}.* - .*公开", title[1]), (name, title[1])
    assert len(re.findall(r"<h1\b", html)) == 1, name
    assert re.search(r"<html\b[^>]*\blang=\"zh-CN\"", html), name
    said = re.search(r"\b(?:None|True|False|Traceback)\b", WORDLESS.sub(" ", html))
    assert not said, (name, said)


class Round:
    """One walk through all pages: what has been opened, and what axe has seen.

    What a page says is read by everybody; the browser draws it where nobody saw it so built before.
    """

    def __init__(self, world: World, axe: Callable[[Page], None]) -> None:
        self.world, self.axe = world, axe
        self.opened: set[str] = set()
        self.drawn: set[str] = set()
        self.known: set[tuple[str, Elements]] = set()
        self.faults: list[str] = []

    def walk(self, page: Page, *, shut: tuple[str, ...]) -> int:
        """Open every page that this person may open, outside of what is *shut*; the number of them.

        The further records of an address are for the first who may open them.
        """
        opened = 0
        for place in EVERY:
            if place.name in ACTS or place.route.startswith(shut):
                continue
            first, *others = self.world.paths(place)
            opened += self.visit(page, place.name, first)
            for path in others:
                if path not in self.drawn:
                    self.visit(page, place.name, path)
        return opened

    def visit(self, page: Page, name: str, path: str) -> bool:
        """Look at one page; at the phone's width too, if nobody opened it before. False if it stays shut."""
        answer = page.request.get(path, max_redirects=0)
        if answer.status not in SHOWN:
            assert answer.status < BROKEN, (path, answer.status)
            return False
        self.opened.add(name)
        try:
            self.look(page, name, path, answer.text())
        except AssertionError as fault:  # told with all others at the end
            self.faults.append(f"{name}: {str(fault)[:400]}")
        return True

    def look(self, page: Page, name: str, path: str, html: str) -> None:
        """Fit and accessible, at the desk's width and once at the phone's."""
        fit(name, html)
        built = Built.of(html)
        parts = {(name, built.main), ("", built.around)}
        if parts <= self.known and path in self.drawn:
            return
        page.goto(path)
        fits(page)
        if not parts <= self.known:
            self.known |= parts
            self.axe(page)
        if path not in self.drawn:
            self.drawn.add(path)
            self.on_a_phone(page, (f"{name} on a phone", built.main))

    def on_a_phone(self, page: Page, part: tuple[str, Elements]) -> None:
        """The same page, narrow."""
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        try:
            fits(page)
            if part not in self.known:
                self.known.add(part)
                self.axe(page)
        finally:
            page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


#: so many pages each person opens at least: a walk that opens nothing proves nothing
LEAST = {"office": 60, "officer": 25, "approver": 25, "administrator": 25, "citizen": 8}
LEAST |= dict.fromkeys(("secrecy", "legal", "assessor"), 15)


@pytest.mark.slow
def test_every_page_is_whole_for_everybody_at_a_desk_and_on_a_phone(world, enter, axe) -> None:
    walk = Round(world, axe)
    for role, name in PEOPLE.items():
        opened = walk.walk(enter(role), shut=("progress/",) if name else ("staff/",))
        assert opened >= LEAST[role], role
    assert not walk.faults, "\n\n".join(walk.faults)
    assert {place.name for place in EVERY} - walk.opened == ACTS


def test_public_pages_carry_their_tags_and_marks_and_set_no_cookie(world, new_page) -> None:
    page = new_page(DESKTOP)
    public = [place for place in EVERY if not place.route.startswith(("staff/", "accounts/"))]
    shown = [place for place in public if place.name not in ACTS | FORMS]
    assert len(shown) >= 6
    lacking: list[tuple[str, str]] = []
    for place, path in ((each, path) for each in shown for path in world.paths(each)):
        page.goto(path)
        tags = page.evaluate(NAMED)
        is_article = place.name in ("progress_task", "paper")
        wanted = (*TAGS[:3], "ArticleTitle", "PubDate", "ContentSource") if is_article else TAGS
        foot = page.locator("footer").inner_text() if page.locator("footer").count() else ""
        lacking += [(path, name) for name in wanted if not tags.get(name)]
        lacking += [(path, mark) for mark in MARKS if mark not in foot]
        lacking += [(path, "cookie") for _ in page.context.cookies()]
    assert lacking == []


def test_the_second_step_of_signing_in_is_whole(world, new_page, axe) -> None:
    TOTP.activate(world.officer, generate_totp_secret())
    for size in (DESKTOP, PHONE):
        page = new_page(size)
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(world.officer.username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator("h1")).to_contain_text("动态口令")
        axe(page)
