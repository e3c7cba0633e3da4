"""The seconds that are left for the next question to the register."""

from roles.disclosure.deadlines import countdown


def test_the_seconds_become_fewer_and_no_fewer_than_the_least() -> None:
    left = countdown(600, at_least=1)
    first, second = left(), left()
    assert 500 < second <= first <= 600
    assert countdown(0, at_least=1)() == 1
