"""合法性审核期限: how long the review of a normative paper takes (国办发〔2018〕115号). It only reminds."""

from datetime import date

from gongkai.rules.law import Instrument, Limit
from gongkai.rules.workdays import add_workdays

LEGALITY = Instrument("国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见", "国办发〔2018〕115号")
#: from the day on which the materials came: generally no fewer than five, and at most fifteen working days
LEAST = Limit(5, LEGALITY.article(""))
MOST = Limit(15, LEGALITY.article(""))


def review_due(asked: date) -> date:
    """The last day of the review (审核期限); the day of receipt does not count.

    >>> str(review_due(date(2021, 3, 1)))
    '2021-03-22'
    """
    return add_workdays(asked, MOST.length)


def review_ripe(asked: date) -> date:
    """The day up to which the review is generally given (最短审核时间).

    >>> str(review_ripe(date(2021, 3, 1)))
    '2021-03-08'
    """
    return add_workdays(asked, LEAST.length)
