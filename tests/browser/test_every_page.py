"""Every page of the site, found by its resolver, as everybody who may open it, at a desk and on a phone.

A new page joins by being there; `tests/browser/world.py` must hold a record that its address can be about.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from gongkai.accounts.models import User
from gongkai.demo.district import ADMINISTRATOR_CODE, ASSESSOR_CODE, OFFICE_CODE, PASSWORD
from tests.addresses import Place, places
from tests.browser.conftest import DESKTOP, PHONE, fits
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
    "group_install",
    "import_row_add",
    "import_row_check",
    "import_row_restore",
    "lookback_report",
    "lookback_start",
    "mfa_authenticate",
    "mfa_download_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "notices_seen",
    "openid_connect_callback",
    "openid_connect_login",
    "paper_pdf",
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
    "relation_drop",
    "release_publish",
    "release_take_out",
    "site_feed",
    "sitemap_index",
    "socialaccount_connections",
    "socialaccount_signup",
    "staff_file",
    "supervision_letter",
    "topic_feed",
    "unit_feed",
    "unit_name_drop",
    "urge",
    "word_drop",
}
#: a failed single sign-on is a page of its own, with the status 401
SHOWN = (200, 401)
#: pages with a form, which set its token
FORMS = {"corrections", "paper_correction", "progress_feedback"}
TAGS = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords")
MARKS = ("主办单位", "联系方式", "网站标识码", "ICP备案号", "公安备案号", "我要纠错", "网站地图")


@pytest.fixture
def world(transactional_db: None, settings) -> World:
    settings.FIXED_TODAY = TODAY.isoformat()
    return World()


@pytest.fixture
def enter(new_page, sign_in) -> Callable[[str], Page]:
    """`enter("office")`: a browser in which this person is signed in; the assessor has a second factor."""

    def start(role: str) -> Page:
        page = new_page(DESKTOP)
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


def shape(page: Page) -> str:
    """What a page is built of: two pages of one address and of one shape need no second look by axe."""
    return page.evaluate(
        "[...new Set([...document.querySelectorAll('body *')].map(e => e.tagName + e.className))].join()"
    )


def fit(page: Page, name: str) -> None:
    """Named in Chinese, with one heading, nothing of the program's own words, nothing sticking out."""
    assert re.search(r"[一-鿿]{2}.* - .*公开", page.title()), (name, page.title())
    assert page.locator("h1").count() == 1, name
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert not re.search(r"\b(?:None|True|False|Traceback)\b", page.locator("body").inner_text()), name
    fits(page)


class Round:
    """One walk through all pages: what has been opened, and what axe has seen."""

    def __init__(self, world: World, axe: Callable[[Page], None]) -> None:
        self.world, self.axe = world, axe
        self.opened: set[str] = set()
        self.shapes: set[tuple[str, str]] = set()

    def walk(self, page: Page, *, shut: tuple[str, ...]) -> int:
        """Open every page that this person may open, outside of what is *shut*; the number of them."""
        return sum(self.visit(page, place) for place in EVERY if not place.route.startswith(shut))

    def visit(self, page: Page, place: Place) -> bool:
        """Look at one page; at the phone's width too, if nobody opened it before. False if it stays shut."""
        if place.name in ACTS:
            return False
        path = self.world.path(place)
        answer = page.goto(path)
        assert answer is not None
        if answer.status not in SHOWN or urlsplit(page.url).path != path:
            return False
        fit(page, place.name)
        if (seen := (place.name, shape(page))) not in self.shapes:
            self.axe(page)
            self.shapes.add(seen)
        if place.name not in self.opened:
            self.on_a_phone(page, place.name)
        return True

    def on_a_phone(self, page: Page, name: str) -> None:
        """The same page, narrow."""
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        fit(page, name)
        self.axe(page)
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        self.opened.add(name)


#: so many pages each person opens at least: a walk that opens nothing proves nothing
LEAST = {"office": 60, "officer": 25, "approver": 25, "administrator": 25, "citizen": 8}
LEAST |= dict.fromkeys(("secrecy", "legal", "assessor"), 15)


@pytest.mark.slow
def test_every_page_is_whole_for_everybody_at_a_desk_and_on_a_phone(world, enter, axe) -> None:
    walk = Round(world, axe)
    for role, name in PEOPLE.items():
        opened = walk.walk(enter(role), shut=("progress/",) if name else ("staff/",))
        assert opened >= LEAST[role], role
    assert {place.name for place in EVERY} - walk.opened == ACTS


def test_public_pages_carry_their_tags_and_marks_and_set_no_cookie(world, new_page) -> None:
    page = new_page(DESKTOP)
    public = [place for place in EVERY if not place.route.startswith(("staff/", "accounts/"))]
    shown = [place for place in public if place.name not in ACTS | FORMS]
    assert len(shown) >= 6
    for place in shown:
        page.goto(world.path(place))
        tags = {tag.get_attribute("name"): tag.get_attribute("content") for tag in page.locator("meta").all()}
        is_article = place.name in ("progress_task", "paper")
        wanted = (*TAGS[:3], "ArticleTitle", "PubDate", "ContentSource") if is_article else TAGS
        assert all(tags.get(name) for name in wanted), (place.name, tags)
        foot = page.locator("footer").inner_text()
        assert all(mark in foot for mark in MARKS), place.name
        assert page.context.cookies() == [], place.name


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
