"""What nothing uses is found, and what may stand is said with a reason."""

from tests.unused import faults, in_strings

ALLOWED = {"files": {"settings.py": "read by name"}, "names": {"Django calls it": ["handle"]}}


def test_a_name_that_nothing_uses_is_a_fault_unless_it_is_allowed() -> None:
    found = [("a.py", "forgotten"), ("a.py", "handle"), ("settings.py", "DEBUG")]
    assert list(faults(found, ALLOWED)) == ["a.py: nothing uses forgotten"]


def test_what_is_allowed_and_used_again_is_a_fault_too() -> None:
    assert list(faults([], ALLOWED)) == ["unused.toml: handle need not be allowed"]
    assert list(faults([("settings.py", "handle")], ALLOWED)) == ["unused.toml: handle need not be allowed"]


def test_a_string_that_is_a_name_or_a_path_uses_what_it_names_and_a_sentence_nothing() -> None:
    source = "paths = ['roles.login.backends.OidcBackend', '-given_at', 'role__name', 'no word of this']"
    assert sorted(in_strings(source)) == ["OidcBackend", "backends", "given_at", "login", "name", "role", "roles"]
