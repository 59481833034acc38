"""The quick drawing of filters says what the form's own templates say."""

from datetime import date

import pytest
from django import forms
from django.test import RequestFactory
from pytest_django.asserts import assertHTMLEqual

from gongkai.agencies.models import Unit
from gongkai.frame.listing import Search
from gongkai.frame.templatetags.frame import filter_field


class Filter(Search):
    year = forms.TypedChoiceField(
        label="年份",
        required=False,
        coerce=int,
        choices=[("", "全部 <年份>"), (2021, "2021年"), (2020, "2020 & 以前")],
    )
    unit = forms.ModelChoiceField(Unit.objects.all(), label="单位", required=False, empty_label="全部")
    theme = forms.ChoiceField(
        label="主题", required=False, choices=[("", "全部"), ("民生", [("a", "社保"), ("b", "教育")])]
    )
    since = forms.DateField(label="自", required=False)
    open_only = forms.BooleanField(label="只看未办结", required=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "",
        "q=补贴%20<b>&year=2021",
        "year=2020&unit={unit}&theme=b",
        "year=1",
        "q=" + "长" * 99,
        "unit=%22%3E",
    ],
)
def test_a_filter_drawn_quickly_is_the_filter_drawn_by_its_template(asked):
    unit = Unit.objects.create(name="市中区财政局", short_name="区财政局 & 国资", started_on=date(2000, 1, 1))
    form = Filter(RequestFactory().get("/?" + asked.format(unit=unit.pk)).GET)
    form.is_valid()
    for field in form:
        assertHTMLEqual(filter_field(field), field.as_field_group())


def test_a_filter_with_a_class_of_its_own_is_left_to_its_template():
    class Wide(Search):
        q = forms.CharField(label="关键词", required=False, widget=forms.TextInput({"class": "wide"}))

    assert "wide" in filter_field(Wide({})["q"])
