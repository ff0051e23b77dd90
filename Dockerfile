# The portal as one image for web, worker and beat. compose.yaml shows how they stand together.
# A domestic mirror: docker build --build-arg PYTHON=<mirror>/python:3.13-slim-bookworm --secret id=pip,src=$HOME/.config/pip/pip.conf .
ARG PYTHON=python:3.13-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /app
COPY requirements requirements
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=false \
    python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/core.txt
COPY package.json package-lock.json .npmrc ./
COPY portal/__init__.py portal/__init__.py
COPY portal/bootstrap portal/bootstrap
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=false \
    python -m portal.bootstrap.assets && rm -rf var/node-venv
COPY . .
RUN SECRET_KEY=only-for-collectstatic /venv/bin/python manage.py collectstatic --no-input

FROM ${PYTHON}
RUN useradd --system --uid 10001 --create-home portal
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
RUN mkdir -p var/media && chown portal:portal var var/media
USER portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=portal.settings WEB_CONCURRENCY=4
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "4", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--access-logfile", "-", "--no-control-socket"]
