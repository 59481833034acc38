"""Forms: the markup that people and screen readers rely on, and the sentences of the errors."""

import pytest
from django import forms
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from gongkai.frame.forms import sentences
from gongkai.frame.uploads import UploadField


class Sample(forms.Form):
    title = forms.CharField(label="标题", max_length=5, help_text="不超过 5 字")
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=20, required=False)
    day = forms.DateField(label="完成日期", required=False)
    kind = forms.ChoiceField(
        label="类型", widget=forms.RadioSelect, choices=[("a", "阶段进展"), ("b", "全部完成")]
    )
    plan = forms.ChoiceField(label="所属要点", choices=[("", "请选择"), ("1", "今年")], required=False)
    weight = forms.IntegerField(label="分值", required=False)
    mail = forms.EmailField(label="邮箱", required=False)
    paper = UploadField(label="佐证材料", required=False)
    sure = forms.BooleanField(label="我已核对")
    own = forms.CharField(label="意见", error_messages={"required": "请说明退回的原因"})


def drawn(data: dict[str, str] | None = None) -> HTMLParser:
    return HTMLParser(str(Sample(data)))


def one(page: HTMLParser, selector: str) -> Node:
    node = page.css_first(selector)
    assert node is not None, selector
    return node


def test_each_control_has_a_label_of_its_own() -> None:
    page = drawn()
    for control in page.css("input, select, textarea"):
        assert page.css_first(f'label[for="{control.attributes["id"]}"]') is not None, control.html


def test_a_hint_and_an_error_are_named_by_the_control() -> None:
    page = drawn({"title": ""})
    described = (one(page, "#id_title").attributes["aria-describedby"] or "").split()
    assert described == ["id_title_helptext", "id_title_error"]
    assert all(page.css_first(f"#{name}") is not None for name in described)
    assert "govuk-input--error" in (one(page, "#id_title").attributes["class"] or "")


def test_options_stand_in_a_fieldset_with_a_legend() -> None:
    group = one(drawn({}), "fieldset")
    assert "类型" in one(HTMLParser(group.html or ""), "legend").text()
    assert group.attributes["aria-describedby"] == "id_kind_error"


def test_required_fields_carry_a_mark_and_the_attribute() -> None:
    page = drawn()
    assert one(page, 'label[for="id_title"] .gk-required').text() == "*"
    assert "required" in one(page, "#id_title").attributes
    assert page.css_first('label[for="id_weight"] .gk-required') is None


def test_what_a_person_typed_survives_a_failed_save() -> None:
    page = drawn(
        {
            "title": "太长的标题文字",
            "reason": "还没写完",
            "day": "明天",
            "kind": "b",
            "plan": "1",
            "own": "留着",
        }
    )
    assert one(page, "#id_title").attributes["value"] == "太长的标题文字"
    assert "还没写完" in one(page, "#id_reason").text()
    assert one(page, "#id_day").attributes["value"] == "明天"
    assert one(page, "#id_day").attributes["type"] == "text"
    assert "checked" in one(page, "#id_kind_1").attributes
    assert one(page, "#id_plan option[selected]").attributes["value"] == "1"


def test_a_day_is_a_date_control_and_long_text_counts_without_cutting() -> None:
    page = drawn()
    assert one(page, "#id_day").attributes["type"] == "date"
    assert "maxlength" not in one(page, "#id_reason").attributes
    assert one(page, ".govuk-character-count").attributes["data-maxlength"] == "20"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("title", "", "请填写标题"),
        ("title", "一二三四五六", "标题最多 5 字，现在有 6 字"),
        ("day", "明天", "完成日期不是有效的日期，请按 2021-03-29 的格式填写"),
        ("kind", "", "请选择类型"),
        ("kind", "c", "类型中没有这个选项，请重新选择"),
        ("weight", "多", "分值应当是整数"),
        ("mail", "a@", "邮箱的格式不对，正确格式如 name@example.gov.cn"),
        ("sure", "", "请勾选“我已核对”"),
        ("own", "", "请说明退回的原因"),
    ],
)
def test_errors_say_what_to_do(name: str, value: str, says: str) -> None:
    assert sentences(Sample({name: value})[name]) == [says]


def test_the_summary_leads_to_each_control_and_shows_the_refusal_first() -> None:
    form = Sample({})
    form.add_error(None, "任务已办结，不能再报送进展")
    page = HTMLParser(render_to_string("frame/error_summary.html", {"form": form}))
    assert page.css("li")[0].text() == "任务已办结，不能再报送进展"
    targets = [link.attributes["href"] or "" for link in page.css("a")]
    assert targets == ["#id_title", "#id_kind_0", "#id_sure", "#id_own"]
    fields = HTMLParser(str(form))
    assert all(fields.css_first(target) is not None for target in targets)


def test_a_form_without_faults_has_no_summary() -> None:
    assert render_to_string("frame/error_summary.html", {"form": Sample()}).strip() == ""


def test_typed_text_is_escaped() -> None:
    assert "<script>" not in str(Sample({"title": "<script>", "reason": "</textarea><script>"}))
