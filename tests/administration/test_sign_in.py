"""Signing in as people do it: password, second factor, limits, single sign-on; each leaves its trace."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.test import Client, override_settings
from django.urls import reverse

from gongkai.accounts.models import Role, User
from gongkai.administration.services import accounts
from gongkai.audit.models import Trace

WORD = "correct-horse-battery"
OIDC = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "province",
                "name": "省统一身份认证",
                "client_id": "gongkai",
                "secret": "test",
                "settings": {"server_url": "https://identity.example.com"},
            }
        ]
    }
}


def sign_in(client: Client, user: User, word: str = WORD, **more: object):
    return client.post(reverse("account_login"), {"login": user.username, "password": word}, **more)


def acts(user: User) -> list[str]:
    return list(Trace.objects.about(user).values_list("act", flat=True))


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


# --- password ---------------------------------------------------------------------------------------


def test_the_right_password_opens_the_desk_and_leaves_a_trace(client: Client, officer: User) -> None:
    answer = sign_in(client, officer)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    trace = Trace.objects.about(officer).get()
    assert (trace.act, trace.actor, trace.facts) == ("登录", officer, {"IP": "127.0.0.1"})


def test_a_wrong_password_says_so_in_chinese_and_leaves_a_trace(client: Client, officer: User) -> None:
    answer = sign_in(client, officer, "wrong")
    assert "用户名或密码不正确" in answer.content.decode()
    trace = Trace.objects.about(officer).get()
    assert (trace.act, trace.actor) == ("登录失败", None)


def test_what_was_typed_as_an_unknown_name_is_kept_nowhere(client: Client, officer: User) -> None:
    client.post(reverse("account_login"), {"login": "my-secret-word", "password": "x"})
    assert not Trace.objects.exists()


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client: Client, officer: User) -> None:
    for _ in range(5):
        sign_in(client, officer, "wrong")
    answer = sign_in(client, officer)
    assert "登录失败次数太多" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_visits_get_a_page_that_asks_for_patience(client: Client, officer: User) -> None:
    answers = [client.post(reverse("account_login"), {"login": f"n{i}", "password": "x"}) for i in range(31)]
    assert answers[-1].status_code == 429
    assert "操作太频繁" in answers[-1].content.decode()


def test_a_disabled_account_cannot_sign_in(client: Client, officer: User, administrator: User) -> None:
    accounts.disable_account(officer, reason="调离", by=administrator)
    answer = sign_in(client, officer, follow=True)
    assert "_auth_user_id" not in client.session
    assert "停用" in answer.content.decode() or "不正确" in answer.content.decode()


def test_signing_out_leaves_a_trace(client: Client, officer: User) -> None:
    sign_in(client, officer)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert acts(officer) == ["登录", "退出登录"]


def test_a_session_lasts_a_working_day_and_no_longer(client: Client, officer: User) -> None:
    sign_in(client, officer)
    assert client.session.get_expiry_age() <= 8 * 3600
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_set_password", "account_email_verification_sent", "socialaccount_signup"],
)
def test_pages_of_the_library_that_make_no_sense_here_are_absent(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("path", ["password/reset/", "email/", "2fa/webauthn/", "social/signup/"])
def test_other_pages_of_the_library_have_no_address(client: Client, db: None, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_sign_in_page_offers_nothing_that_is_not_there(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "忘记密码或没有账号，请联系区政务公开办的系统管理员" in page
    assert "signup" not in page
    assert "reset" not in page


# --- the one-time password --------------------------------------------------------------------------


def test_the_first_sign_in_leads_to_a_new_password_and_nowhere_else(
    client: Client, administrator: User, officer: User
) -> None:
    word = accounts.reset_password(officer, by=administrator)
    sign_in(client, officer, word)
    assert client.get(reverse("units")).url == reverse("account_change_password")
    page = client.get(reverse("account_change_password")).content.decode()
    assert "您用的是初始密码" in page
    client.post(
        reverse("account_change_password"),
        {"oldpassword": word, "password1": "a-new-word-of-mine", "password2": "a-new-word-of-mine"},
    )
    assert client.get(reverse("units")).status_code == 200
    assert acts(officer)[-2:] == ["登录", "修改密码"]


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short1", "10"),
        ("12345678901234", "数字"),
        (WORD, "不能与当前密码相同"),
    ],
)
def test_a_weak_or_unchanged_password_is_refused(as_user, officer: User, new: str, says: str) -> None:
    client = as_user(officer)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": WORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 200
    assert says in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(WORD)


def test_a_new_password_ends_the_sessions_on_other_devices(officer: User) -> None:
    here, there = Client(), Client()
    sign_in(here, officer)
    sign_in(there, officer)
    here.post(
        reverse("account_change_password"),
        {"oldpassword": WORD, "password1": "a-new-word-of-mine", "password2": "a-new-word-of-mine"},
    )
    assert here.get(reverse("units")).status_code == 200
    assert there.get(reverse("units")).status_code == 302


def test_a_reset_password_ends_every_session(officer: User, administrator: User) -> None:
    client = Client()
    sign_in(client, officer)
    accounts.reset_password(officer, by=administrator)
    assert client.get(reverse("units")).status_code == 302


def test_other_devices_are_listed_and_can_be_signed_out(officer: User) -> None:
    here, there = Client(), Client()
    sign_in(here, officer)
    sign_in(there, officer)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert page.count("127.0.0.1") == 2
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("units")).status_code == 302
    assert here.get(reverse("units")).status_code == 200


# --- the second factor ------------------------------------------------------------------------------


def confirm(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": WORD})


def activate(client: Client) -> str:
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "data:image/svg+xml;base64," in page
    secret = re.search(r"密钥：<code>(\w+)</code>", page)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    return secret


def test_with_a_second_factor_the_password_alone_opens_nothing(
    officer: User, django_capture_on_commit_callbacks
) -> None:
    client = Client()
    sign_in(client, officer)
    with django_capture_on_commit_callbacks(execute=True):
        secret = activate(client)
    assert "备用码" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    fresh = Client()
    answer = sign_in(fresh, officer)
    assert answer.url == reverse("mfa_authenticate")
    assert fresh.get(reverse("units")).status_code == 302
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "动态口令不正确" in wrong.content.decode()
    fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert fresh.get(reverse("units")).status_code == 200
    assert "启用动态口令" in acts(officer)


def test_the_secret_lies_encrypted_in_the_database(officer: User) -> None:
    client = Client()
    sign_in(client, officer)
    secret = activate(client)
    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


@pytest.mark.parametrize(("role", "must"), [(Role.OFFICE, True), (Role.OFFICER, False)])
def test_a_role_may_be_required_to_use_a_second_factor(
    as_user: Callable[[User], Client], person: Callable[..., User], role: str, must: bool
) -> None:
    client = as_user(person(role))
    with override_settings(REQUIRE_TOTP=["office", "administrator"]):
        answer = client.get(reverse("units"))
    assert (answer.status_code == 302 and answer.url == reverse("mfa_activate_totp")) is must


def test_who_must_use_a_second_factor_cannot_give_it_up(office: User) -> None:
    client = Client()
    sign_in(client, office)
    confirm(client)
    TOTP.activate(office, "ABCDEFGHIJKLMNOP")
    with override_settings(REQUIRE_TOTP=["office"]):
        client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=office).exists()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=office).exists()


def test_a_lost_telephone_is_replaced_by_the_administrator(officer: User, administrator: User) -> None:
    TOTP.activate(officer, "ABCDEFGHIJKLMNOP")
    accounts.reset_second_factor(officer, by=administrator)
    client = Client()
    sign_in(client, officer)
    assert client.get(reverse("units")).status_code == 200


def test_a_spare_code_works_once(officer: User) -> None:
    client = Client()
    sign_in(client, officer)
    activate(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.findall(r"<li><code>(\w+)</code></li>", page)[0]
    for expected in (200, 302):
        fresh = Client()
        sign_in(fresh, officer)
        fresh.post(reverse("mfa_authenticate"), {"code": spare})
        assert fresh.get(reverse("units")).status_code == expected


# --- single sign-on ---------------------------------------------------------------------------------


def test_the_button_of_the_province_stands_there_only_when_it_is_set_up(client: Client, db: None) -> None:
    assert "省统一身份认证" not in client.get(reverse("account_login")).content.decode()
    with override_settings(SOCIALACCOUNT_PROVIDERS=OIDC):
        page = client.get(reverse("account_login")).content.decode()
    assert "用省统一身份认证登录" in page
    assert reverse("openid_connect_login", args=["province"]) in page


class Province:
    """The identity service of a province, as far as a sign-in asks it."""

    address = "https://identity.example.com"

    def __init__(self, uid: str) -> None:
        self.uid = uid

    def __enter__(self) -> "Province":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def get(self, url: str, **_: object) -> "Answer":
        if url.endswith("openid-configuration"):
            places = ("authorization", "token", "userinfo")
            return Answer({f"{place}_endpoint": f"{self.address}/{place}" for place in places})
        return Answer({"sub": self.uid, "name": "某某"})

    def request(self, *_: object, **__: object) -> "Answer":
        return Answer({"access_token": "token", "token_type": "Bearer"})


class Answer:
    """One answer of the province."""

    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content: dict[str, str]) -> None:
        self.content = content

    def raise_for_status(self) -> None:
        return None

    def json(self) -> dict[str, str]:
        return dict(self.content)


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch):
    """Go to the province and come back as somebody."""

    def visit(client: Client, uid: str, process: str = "login"):
        monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda _: Province(uid))
        with override_settings(SOCIALACCOUNT_PROVIDERS=OIDC):
            there = client.post(reverse("openid_connect_login", args=["province"]) + f"?process={process}")
            assert there.url.startswith(f"{Province.address}/authorization?")
            state = parse_qs(urlsplit(there.url).query)["state"][0]
            back = reverse("openid_connect_callback", args=["province"])
            return client.get(back, {"code": "code", "state": state})

    return visit


def test_an_identity_that_was_joined_to_an_account_signs_in(officer: User, province) -> None:
    client = Client()
    sign_in(client, officer)
    assert province(client, "u-1", process="connect").url == reverse("my_account")
    assert "绑定统一身份认证" in acts(officer)
    fresh = Client()
    province(fresh, "u-1")
    assert fresh.get(reverse("units")).status_code == 200
    assert acts(officer)[-1] == "登录"


def test_a_strange_identity_makes_no_account(db: None, province) -> None:
    client = Client()
    answer = province(client, "u-2")
    assert "没有找到对应的账号" in answer.content.decode()
    assert not User.objects.exists()
    assert "_auth_user_id" not in client.session


def test_one_identity_is_joined_to_one_account(officer: User, administrator: User, province) -> None:
    first, second = Client(), Client()
    sign_in(first, officer)
    province(first, "u-1", process="connect")
    sign_in(second, administrator)
    province(second, "u-1", process="connect")
    assert "绑定统一身份认证" not in acts(administrator)
    fresh = Client()
    province(fresh, "u-1")
    assert fresh.session["_auth_user_id"] == str(officer.pk)


def test_the_second_factor_is_asked_for_after_single_sign_on_too(officer: User, province) -> None:
    client = Client()
    sign_in(client, officer)
    province(client, "u-1", process="connect")
    TOTP.activate(officer, "ABCDEFGHIJKLMNOP")
    fresh = Client()
    assert province(fresh, "u-1").url == reverse("mfa_authenticate")
    assert fresh.get(reverse("units")).status_code == 302
