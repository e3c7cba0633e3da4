"""What differs between the identity providers that public bodies use. docs/operations.md says how to set each up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginProfile:
    """How a provider names people, and how surely they must have shown who they are.

    subject_claim: the claim in the id token that says who it is. is_national_number: that claim is a person's number,
    and is kept as a keyed hash alone. required_acr: levels, any of which will do; what the environment says goes first.
    """

    subject_claim: str = "sub"
    is_national_number: bool = False
    required_acr: tuple[str, ...] = ()


#: By the value of OIDC_PROFILE; "" is any other provider.
PROFILES = {
    "": LoginProfile(),
    "id-porten": LoginProfile(subject_claim="pid", is_national_number=True, required_acr=("idporten-loa-high",)),
    "ansattporten": LoginProfile(subject_claim="pid", is_national_number=True, required_acr=("high",)),
    "entra": LoginProfile(subject_claim="oid"),
}
