"""The provider as a WSGI application."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import flask
from jinja2 import ChoiceLoader, FileSystemLoader
from oidc_provider_mock import User, app
from oidc_provider_mock._storage import Client, ClientAllowAny

from integrations.identityprovider.accounts import ACCOUNTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HERE = Path(__file__).parent
_SCOPES = ("openid", "profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The only client, and the issuer's address."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]


def provider(settings: Settings) -> "WSGIApplication":
    """The provider. It accepts the one client; others would have to register first."""
    made = app(
        require_client_registration=True,
        require_nonce=True,
        issue_refresh_token=False,
        user_claims=[User(sub=label, claims={"name": label}) for label in ACCOUNTS],
    )
    made.debug = False
    # oidc-provider-mock's own pages load a style sheet from another machine, and the texts of their buttons differ
    # between versions.
    made.jinja_loader = ChoiceLoader([FileSystemLoader(_HERE / "templates"), *_loaders(made)])
    made.register_blueprint(flask.Blueprint("look", __name__, static_folder="static", static_url_path="/look"))
    client = _client(settings)
    made.before_request(lambda: flask.g.oidc_provider_mock_storage.store_client(client))
    return _under_one_name(made, settings.issuer)


def _loaders(made: flask.Flask) -> list[FileSystemLoader]:
    return [FileSystemLoader(Path(made.root_path) / "templates")]


def _client(settings: Settings) -> Client:
    return Client(
        id=settings.client_id,
        secret=settings.client_secret,
        redirect_uris=list(settings.redirect_uris),
        allowed_scopes=_SCOPES,
        token_endpoint_auth_method=ClientAllowAny(),
    )


def _under_one_name(application: "WSGIApplication", issuer: str) -> "WSGIApplication":
    """The application with a fixed Host header. oidc-provider-mock takes its issuer from that header, so the issuer
    stays the same under every name of the machine."""
    host = urlsplit(issuer).netloc

    def named(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return application({**environ, "HTTP_HOST": host}, start_response)

    return named
