"""`python -m integrations.identityprovider`: runs the provider with settings from the environment."""

import os
from urllib.parse import urlsplit

import uvicorn

from integrations.identityprovider.provider import Settings, provider

_CALLBACK = "/logg-inn/svar/"


def main() -> None:
    """Serves until it is stopped by a signal."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback has no TLS
    settings = Settings(
        issuer=os.environ["OIDC_ISSUER"],
        client_id=os.environ["OIDC_CLIENT_ID"],
        client_secret=os.environ["OIDC_CLIENT_SECRET"],
        redirect_uris=_redirect_uris(os.environ["FIKSREG_BASE_URL"]),
    )
    uvicorn.run(
        provider(settings),
        interface="wsgi",
        host=os.environ.get("FIKSREG_BIND", "127.0.0.1"),
        port=int(os.environ.get("FIKSREG_IDENTITY_PORT", "9400")),
        log_level="warning",
        access_log=False,
        workers=1,  # WEB_CONCURRENCY in the environment is for the pages
    )


def _redirect_uris(base_url: str) -> tuple[str, ...]:
    """The redirect addresses of the pages, by the host name they are set up with and by the machine's other name."""
    port = urlsplit(base_url).port
    return (f"{base_url}{_CALLBACK}", f"http://localhost:{port}{_CALLBACK}")


if __name__ == "__main__":
    main()
