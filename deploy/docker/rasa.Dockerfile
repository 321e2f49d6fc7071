# A Rasa worker with the trained model in it. Train first (`make train`), then, from the root of the repository:
#   docker build -f deploy/docker/rasa.Dockerfile --build-arg MODEL=models/meedoen-<checksum>.tar.gz -t meedoen-rasa .
FROM python:3.11-slim-bookworm AS packages
COPY requirements/rasa.txt /tmp/rasa.txt
RUN python -m venv /opt/rasa && /opt/rasa/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/rasa.txt

FROM python:3.11-slim-bookworm
ARG MODEL
RUN useradd --uid 10002 --user-group --no-create-home --shell /usr/sbin/nologin rasa
COPY --from=packages /opt/rasa /opt/rasa
WORKDIR /srv/meedoen
COPY assistant/__init__.py assistant/__init__.py
COPY assistant/core assistant/core
COPY assistant/conversation assistant/conversation
COPY assistant/nlu assistant/nlu
COPY tools/rasa_server.py tools/rasa_server.py
COPY tools/lean_rasa tools/lean_rasa
COPY endpoints.yml credentials.yml ./
COPY ${MODEL} /srv/model.tar.gz
ENV PATH=/opt/rasa/bin:$PATH PYTHONPATH=/srv/meedoen PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 LOG_LEVEL=WARNING LOG_LEVEL_LIBRARIES=ERROR
USER 10002:10002
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5005/', timeout=4)"]
CMD ["python", "tools/rasa_server.py", "--model", "/srv/model.tar.gz", "--interface", "0.0.0.0", "--port", "5005"]
