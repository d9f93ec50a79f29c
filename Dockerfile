# The production image: web server, worker, beat and migrations run from it (docker-compose.yml).
# The base is the Python that the tests run on.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

# The design systems' files; Node stays in this stage.
FROM base AS assets
COPY requirements-node.txt package.json package-lock.json .npmrc ./
RUN pip install --require-hashes -r requirements-node.txt \
    && npm ci --ignore-scripts --no-audit --no-fund
COPY hertsend/serve/assets.py hertsend/serve/assets.py
RUN python hertsend/serve/assets.py

FROM base AS packages
COPY requirements.txt ./
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes -r requirements.txt

FROM base AS site
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin hertsend \
    && install -d -o hertsend /app/data /app/files
ENV PATH=/opt/venv/bin:$PATH HERTSEND_ENVIRONMENT=production HERTSEND_DATA=/app/data
COPY --from=packages /opt/venv /opt/venv
COPY manage.py requirements.txt ./
COPY hertsend hertsend
COPY plans plans
COPY kpis kpis
COPY governance governance
COPY templates templates
COPY fixtures fixtures
COPY static static
COPY --from=assets /app/static/build static/build
# Collecting static files talks to nothing; the settings below live as long as this line.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    SITE_ORIGIN=https://build.invalid ALLOWED_HOSTS=build.invalid EMAIL_URL=smtp://build.invalid \
    DATABASE_URL=postgres://build@build.invalid/build \
    CELERY_BROKER_URL=redis://build.invalid CACHE_URL=redis://build.invalid HERTSEND_FILES=/app/files \
    python manage.py collectstatic --no-input

USER hertsend
EXPOSE 8000
# More processes by GUNICORN_CMD_ARGS, such as "--workers 4".
CMD ["gunicorn", "hertsend.wsgi:application", "--bind", "0.0.0.0:8000", "--preload", "--no-control-socket", \
     "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--timeout", "60", "--graceful-timeout", "30"]
