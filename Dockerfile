# One image for every process of the product; docker-compose.yml gives each its command.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt requirements-demo.txt ./
ARG REQUIREMENTS=requirements.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r ${REQUIREMENTS}

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home /app fiksreg && install -d -o fiksreg /var/lib/fiksreg /var/lib/checkpoints
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY fiksreg fiksreg
COPY lookup lookup
COPY roles roles
COPY citizenlists citizenlists
COPY integrations integrations
COPY templates templates
COPY static static
COPY locale locale
COPY docs/brukerveiledning docs/brukerveiledning
COPY CHANGELOG.md ./
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN for po in locale/*/LC_MESSAGES/*.po locale/django/*/LC_MESSAGES/*.po; do \
        pybabel --quiet compile --input-file "$po" --output-file "${po%.po}.mo" || exit 1; done
# Static files are gathered when the image is made. The settings refuse to be without their secrets, so they get
# values of no use, in this one step.
RUN for name in SECRET_KEY REDIS_URL ALLOWED_HOSTS FIKSREG_BASE_URL FIKSREG_FILES_DIR OIDC_ISSUER \
        OIDC_AUTHORIZATION_ENDPOINT OIDC_TOKEN_ENDPOINT OIDC_JWKS_ENDPOINT OIDC_USERINFO_ENDPOINT OIDC_CLIENT_ID \
        OIDC_CLIENT_SECRET FOLKEREGISTER_URL MASKINPORTEN_TOKEN_ENDPOINT MASKINPORTEN_AUDIENCE MASKINPORTEN_CLIENT_ID \
        MASKINPORTEN_KEY_ID; do export "$name=https://unused.invalid"; done; \
    FIKSREG_MASTER_KEYS=$(head -c 32 /dev/zero | base64) MASKINPORTEN_PRIVATE_KEY="-----BEGIN unused" \
    DATABASE_URL=postgresql://unused/unused python manage.py collectstatic --noinput
USER fiksreg
EXPOSE 8000
