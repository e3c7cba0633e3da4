"""The known scopes: the register's two for public bodies, Fiks' and Tenor's."""

from typing import Final

from integrations.folkeregisteret.elements import RightsPackage

REGISTER_SCOPES: Final = {package: f"folkeregister:deling/{package.value}" for package in RightsPackage}
FIKS_SCOPE: Final = "ks:fiks"
TENOR_SCOPE: Final = "skatteetaten:testnorge/testdata.read"
EVERY_SCOPE: Final = (*REGISTER_SCOPES.values(), FIKS_SCOPE, TENOR_SCOPE)
