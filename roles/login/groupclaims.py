"""Which groups the provider says somebody is in: a pure reading of its claims."""

from roles.login.idtokens import Claims


class GroupsNotSaid(Exception):
    """The provider did not say, or not all of it. str() is a sentence for the service log that is about nobody."""


def groups_named(claim: str, *sources: Claims) -> frozenset[str]:
    """The ids of the groups in the first source that has the claim. Raises GroupsNotSaid: never read as "in none"."""
    if any(_is_cut_short(claim, source) for source in sources):
        raise GroupsNotSaid("somebody is in more groups than the token holds: their groups stay as they are")
    said = next((source[claim] for source in sources if claim in source), None)
    named = [said] if isinstance(said, str) else said
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise GroupsNotSaid("the provider names no groups of who logs in: their groups stay as they are")
    return frozenset(named)


def _is_cut_short(claim: str, source: Claims) -> bool:
    """Above 200 groups Entra ID leaves the claim out, and says where to ask for it, or only that there are some."""
    elsewhere = source.get("_claim_names")
    return bool(source.get("hasgroups")) or (isinstance(elsewhere, dict) and claim in elsewhere)
