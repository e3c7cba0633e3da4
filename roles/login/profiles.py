"""The differences between the identity providers that public bodies use. docs/operations.md tells how to set up
each."""

from collections.abc import Iterable
from dataclasses import dataclass

_IDPORTEN = (("idporten-loa-low",), ("idporten-loa-substantial", "Level3"), ("idporten-loa-high", "Level4"))
_ANSATTPORTEN = (("entraid",), ("substantial",), ("high",))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginProfile:
    """How a provider identifies people, and which assurance level it must have reached.

    subject_claim: the claim in the ID token that identifies the person. is_national_number: that claim is a national
    identity number, of which we keep only a keyed hash. required_acr: the accepted levels; the environment overrides
    them. levels: the names of the provider's levels, lowest first; former names stand beside today's.
    issued_before_seconds: how many seconds the provider sets `iat` back.
    """

    subject_claim: str = "sub"
    is_national_number: bool = False
    required_acr: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    issued_before_seconds: int = 0

    def accepted_acr(self, required: Iterable[str]) -> frozenset[str]:
        """The names of the required levels and of every higher level in `levels`."""
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
