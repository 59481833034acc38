"""Acts: done, refused or filled in wrongly; the person always learns which."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import URLPattern

from gongkai.frame.acts import attempt, press
from gongkai.rules.law import Instrument, Refused

urlpatterns: list[URLPattern] = []  # the frame stands without any room
pytestmark = pytest.mark.urls(__name__)
ARTICLE = Instrument("办法", "国办函〔2020〕109号").article("第四条")


class Reason(forms.Form):
    reason = forms.CharField(label="理由")


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().post("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def refuse() -> None:
    raise Refused("任务已办结，不能再报送进展", ARTICLE)


def test_an_act_that_works_says_so_and_goes_on(request_: HttpRequest) -> None:
    done: list[str] = []
    form = Reason({"reason": "需要"})
    answer = attempt(request_, form, lambda: done.append("x"), done="已批准", to="/next/")
    assert answer is not None
    assert (answer.status_code, answer["Location"], done) == (302, "/next/", ["x"])
    assert [str(each) for each in get_messages(request_)] == ["已批准"]


def test_a_refusal_stands_above_the_form_with_its_article(request_: HttpRequest) -> None:
    form = Reason({"reason": "需要"})
    assert attempt(request_, form, refuse, done="已批准", to="/next/") is None
    assert form.non_field_errors() == ["任务已办结，不能再报送进展（《办法》（国办函〔2020〕109号）第四条）"]
    assert not list(get_messages(request_))


def test_a_form_with_faults_never_reaches_the_act(request_: HttpRequest) -> None:
    assert attempt(request_, Reason({"reason": ""}), pytest.fail, done="已批准", to="/next/") is None


def test_a_button_that_is_refused_goes_on_with_the_reason(request_: HttpRequest) -> None:
    assert press(request_, refuse, done="已关闭", to="/next/")["Location"] == "/next/"
    message = next(iter(get_messages(request_)))
    assert message.level_tag == "error"
    assert "第四条" in str(message)
