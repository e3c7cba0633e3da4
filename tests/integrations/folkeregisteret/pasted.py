"""Text as other programs paste it: it looks the same to a person but has other characters."""

import hypothesis.strategies as st

#: Nothing of them shows on a screen: zero width, byte order mark, soft hyphen, marks of direction, joiners, selectors.
UNSEEN = [
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\ufe0f", "\u180e"),
    *(
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\u061c",
    ),
]
SPACES = [" ", "\u00a0", "\u2007", "\u2009", "\u202f", "\u3000", "\t", "\n", "\r\n", "\u2028", "\u000b"]
HYPHENS = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\ufe63", "\uff0d"]
APOSTROPHES = ["'", "\u2019", "\u2018", "\u02bc", "\u02b9", "\u2032", "\u00b4", "`", "\uff07"]
#: Where the digits of a script begin: full width, Arabic, Persian, Devanagari, mathematical.
ZEROS = [ord(zero) for zero in "0０٠۰०\U0001d7ce\U0001d7d8\U0001d7f6"]


def in_digits(number: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in number)


@st.composite
def written(draw: st.DrawFn, number: str) -> str:
    """The number in two pieces or one, in any digits, between any signs that do not show."""
    zero = draw(st.sampled_from(ZEROS))
    between = draw(st.sampled_from(["", *SPACES, *HYPHENS, ".", " - "]))
    shown = in_digits(number[:6], zero) + between + in_digits(number[6:], zero)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(shown)))
        shown = shown[:place] + draw(st.sampled_from(UNSEEN)) + shown[place:]
    return shown
