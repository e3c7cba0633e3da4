# One image for every process of the product; docker-compose.yml gives each its command.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt requirements-demo.txt ./
ARG REQUIREMENTS=requirements.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r ${REQUIREMENTS}

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home /app fiksreg && install -d -o fiksreg /var/lib/fiksreg
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
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# Static files are gathered when the image is made; the values are never used to serve anything.
RUN FIKSREG_ENVIRONMENT=build python manage.py collectstatic --noinput
USER fiksreg
EXPOSE 8000
