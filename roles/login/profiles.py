"""What differs between the identity providers that public bodies use. docs/operations.md says how to set each up."""

from collections.abc import Iterable
from dataclasses import dataclass

_IDPORTEN = (("idporten-loa-low",), ("idporten-loa-substantial", "Level3"), ("idporten-loa-high", "Level4"))
_ANSATTPORTEN = (("entraid",), ("substantial",), ("high",))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginProfile:
    """How a provider names people, and how surely they must have shown who they are.

    subject_claim: the claim in the id token that says who it is. is_national_number: that claim is a person's number,
    and is kept as a keyed hash alone. required_acr: levels, any of which will do; what the environment says goes first.
    levels: what the provider calls its levels, the lowest first; a name it used before stands beside today's.
    issued_before_seconds: how long before the moment it was made the provider says that a token was issued.
    """

    subject_claim: str = "sub"
    is_national_number: bool = False
    required_acr: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    issued_before_seconds: int = 0

    def accepted_acr(self, required: Iterable[str]) -> frozenset[str]:
        """The names of the required levels and, where the provider has an order of them, of every higher one."""
        wanted = frozenset(required)
        reached = [place for place, names in enumerate(self.levels) if not wanted.isdisjoint(names)]
        higher = self.levels[min(reached) :] if reached else ()
        return wanted.union(*higher)


#: By the value of OIDC_PROFILE; "" is any other provider.
PROFILES = {
    "": LoginProfile(),
    "id-porten": LoginProfile(
        subject_claim="pid", is_national_number=True, required_acr=("idporten-loa-high",), levels=_IDPORTEN
    ),
    "ansattporten": LoginProfile(
        subject_claim="pid", is_national_number=True, required_acr=("high",), levels=_ANSATTPORTEN
    ),
    "entra": LoginProfile(subject_claim="oid", issued_before_seconds=5 * 60),
}
