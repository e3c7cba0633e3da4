"""The groups that the provider says an employee is in. Pure functions of its claims."""

from roles.login.idtokens import Claims


class GroupsNotSaid(Exception):
    """The provider named no groups, or not all of them. str() is a sentence for the service log and names no person."""


def groups_named(claim: str, *sources: Claims) -> frozenset[str]:
    """The ids of the groups in the first source that has the claim.

    Raises GroupsNotSaid when the claim is missing or incomplete, because that does not mean "in no group".
    """
    if any(_is_cut_short(claim, source) for source in sources):
        raise GroupsNotSaid("somebody is in more groups than the token holds: their groups stay as they are")
    said = next((source[claim] for source in sources if claim in source), None)
    named = [said] if isinstance(said, str) else said
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise GroupsNotSaid("the provider names no groups of who logs in: their groups stay as they are")
    return frozenset(named)


def _is_cut_short(claim: str, source: Claims) -> bool:
    """Whether the source has more groups than it names. Entra ID omits the claim above 200 groups; it then says where
    to ask for it (`_claim_names`) or only that there are groups (`hasgroups`)."""
    elsewhere = source.get("_claim_names")
    return bool(source.get("hasgroups")) or (isinstance(elsewhere, dict) and claim in elsewhere)
