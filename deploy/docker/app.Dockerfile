# The app: gateway, staff console and internal door. Built from the root of the repository:
#   docker build -f deploy/docker/app.Dockerfile -t meedoen-app .
FROM python:3.11-slim-bookworm AS packages
COPY requirements/app.txt /tmp/app.txt
# every package with its hash; what is not in the list does not come in
RUN python -m venv /opt/meedoen && /opt/meedoen/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/app.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin meedoen \
    && mkdir -p /srv/meedoen /var/meedoen && chown meedoen:meedoen /var/meedoen
COPY --from=packages /opt/meedoen /opt/meedoen
WORKDIR /srv/meedoen
COPY assistant assistant
COPY actions actions
COPY data data
ENV PATH=/opt/meedoen/bin:$PATH PYTHONPATH=/srv/meedoen PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MEEDOEN_VAR=/var/meedoen
USER 10001:10001
VOLUME /var/meedoen
EXPOSE 8000 8001 8002
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8002/health/live', timeout=4)"]
CMD ["python", "-m", "assistant", "serve"]
