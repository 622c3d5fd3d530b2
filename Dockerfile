# One image for the web server, the worker and the migrations; set up by the same script as anywhere else.
FROM debian:trixie-slim

ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 LOCAL_DIR=/app/.local PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY . .

# With a DATABASE_URL the script installs no PostgreSQL; neither value is used or kept.
RUN export DATABASE_URL=postgres://build@build/build DJANGO_SECRET_KEY=build \
    && script/bootstrap \
    && python manage.py write_catalogues \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules .local/assets .local/log /root/.cache /root/.npm /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp app \
    && install -d -o app -g app .local/files .local/assets \
    && chmod 755 .local

USER app
EXPOSE 8000
CMD ["gunicorn", "infra.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--timeout", "120", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
