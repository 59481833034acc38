"""工作惯例: numbers that an office sets for itself. None of them is law; change them here."""

#: 整改时限: working days that a keeper is given to mend a finding on a column
MEND_WORKDAYS = 5

#: 目录概述: letters of a paper's text that stand for a summary where none was written
SUMMARY_LETTERS = 60
