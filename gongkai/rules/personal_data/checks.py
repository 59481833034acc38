"""校验: what a number shows by itself: region, date of birth, check digit; Luhn and bank prefix."""

from datetime import date

#: 省级行政区划代码; 81–83 are residence permits of 港澳台 people
_PROVINCES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(str(code) for first, last in _PROVINCES for code in range(first, last + 1))
BORN = range(1900, 2050)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
CARD_LENGTHS = range(16, 20)
#: 62 is the prefix of domestic cards; the others are older ones that are still in use
CARD_PREFIXES = ("62", "955880", "95599")


def is_birthday(digits: str) -> bool:
    """Whether eight digits are a day on which somebody living may be born (出生日期)."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year not in BORN:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def has_identity_shape(number: str) -> bool:
    """Whether region and date of birth of an 18-digit or 15-digit number are possible (身份证号码结构)."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    return number[:2] in PROVINCES and number[2:6] != "0000" and is_birthday(born)


def check_digit(number: str) -> str:
    """The last sign of an identity number (校验码), from its first 17 digits.

    >>> check_digit("37990119900101123")
    '7'
    """
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11]


def is_identity(number: str) -> bool:
    """Whether an 18-digit number is a sound identity number (公民身份号码).

    >>> [is_identity(number) for number in ("379901199001011237", "379901199001011233", "379901199013011234")]
    [True, False, False]
    """
    return has_identity_shape(number) and check_digit(number) == number[17].upper()


_DOUBLED = str.maketrans("0123456789", "0246813579")


def passes_luhn(number: str) -> bool:
    """Whether the last digit fits the others (Luhn 校验).

    >>> passes_luhn("6299990000001234560"), passes_luhn("6299990000001234561")
    (True, False)
    """
    backwards = number[::-1]
    return sum(map(int, backwards[::2] + backwards[1::2].translate(_DOUBLED))) % 10 == 0


def is_card(number: str) -> bool:
    """Whether a number is a bank card by length, prefix and Luhn (银行卡号)."""
    return len(number) in CARD_LENGTHS and number.startswith(CARD_PREFIXES) and passes_luhn(number)
