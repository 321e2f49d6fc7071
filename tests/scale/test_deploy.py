"""What deploy/ promises: compose and manifests are valid and careful, and nginx really starts and passes on."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from assistant.load.ports import free_port
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
MANIFESTS = [
    (file.name, each)
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if file.name != "kustomization.yaml"
    for each in yaml.safe_load_all(file.read_text(encoding="utf-8"))
]
PODS = [
    (each["metadata"]["name"], each["spec"]["template"]["spec"])
    for _, each in MANIFESTS
    if "template" in each.get("spec", {})
]
SERVERS = ("app", "rasa", "redis")


# compose


def test_compose_is_valid_for_podman_compose(tmp_path: Path) -> None:
    engine = tmp_path / "podman"  # `config` only asks the engine for its version; there is none on this machine
    engine.write_text("#!/bin/sh\necho podman version 5.2.0\n", encoding="ascii")
    engine.chmod(0o755)
    file = str(DEPLOY / "compose.yml")
    command = [sys.executable, "-m", "podman_compose", "--podman-path", str(engine), "-f", file, "config"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(yaml.safe_load(done.stdout)["services"]) >= {"app", "rasa", "postgres", "redis", "nginx", "migrate"}


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_service_is_careful(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in ("0", "root")
    if name != "migrate":
        assert service["healthcheck"]["test"]
        assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"])


def test_only_nginx_can_be_reached_and_the_inside_has_no_way_out() -> None:
    assert [name for name, each in COMPOSE["services"].items() if "ports" in each] == ["nginx"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("rasa", "postgres", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]


def test_secrets_come_from_files() -> None:
    text = (DEPLOY / "compose.yml").read_text("utf-8") + (DEPLOY / "settings.env").read_text("utf-8")
    assert not re.search(
        r"(?i)(password|secret|token)\s*[:=]\s*[^\s/{\[].*[a-z0-9]{6}", re.sub(r"/run/\S+|#.*", "", text)
    )
    for secret in COMPOSE["secrets"].values():
        assert secret["file"].startswith("./secrets/")


def test_the_sample_settings_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (DEPLOY / "settings.env").read_text(encoding="utf-8").splitlines():
        name, _, value = line.removeprefix("# ").partition("=")
        if re.fullmatch(r"MEEDOEN_[A-Z_]+", name):
            assert name.removeprefix("MEEDOEN_").lower() in Settings.model_fields
            monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.rasa_urls == ("http://rasa:5005",)
    assert settings.rasa_trials["almere"]


@pytest.mark.parametrize("name", ["app", "rasa"])
def test_images_are_built_from_hashed_requirements_and_run_without_rights(name: str) -> None:
    lines = (DEPLOY / "docker" / f"{name}.Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in lines
    assert re.search(r"^USER 1000\d:1000\d$", lines, re.M)
    assert "HEALTHCHECK" in lines
    for source in re.findall(r"^COPY (?!--from)((?:[\w./]+ )+)", lines, re.M):
        for path in source.split():
            assert (ROOT / path).exists(), path


# Kubernetes


@pytest.mark.parametrize(
    ("file", "manifest"), MANIFESTS, ids=lambda each: each if isinstance(each, str) else each["kind"]
)
def test_manifests_are_valid(file: str, manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, "1.31", strict=True)


def test_kustomization_names_every_file() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert sorted(listed) == sorted({file for file, _ in MANIFESTS})


@pytest.mark.parametrize(("name", "pod"), PODS, ids=lambda each: each if isinstance(each, str) else "")
def test_every_pod_is_careful(name: str, pod: dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        own = container["securityContext"]
        assert own == {
            "readOnlyRootFilesystem": True,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"requests", "limits"} <= set(container["resources"])
        if name in SERVERS:
            assert {"livenessProbe", "readinessProbe"} <= set(container)


def _of(kind: str) -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for _, each in MANIFESTS if each["kind"] == kind}


def test_two_of_everything_that_people_wait_for_and_a_budget_for_each() -> None:
    assert _of("Deployment")["app"]["spec"]["replicas"] >= 2
    assert _of("StatefulSet")["rasa"]["spec"]["replicas"] >= 2
    assert set(_of("PodDisruptionBudget")) == {"app", "rasa"}
    assert _of("HorizontalPodAutoscaler")["app"]["spec"]["maxReplicas"] > 2


def test_rasa_hears_the_app_only_and_everything_else_is_shut() -> None:
    policies = _of("NetworkPolicy")
    assert policies["nothing"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert policies["rasa"]["spec"]["ingress"] == [
        {"from": [{"podSelector": {"matchLabels": {"app": "app"}}}], "ports": [{"port": 5005}]}
    ]
    backends = {name: str(each["spec"]["rules"]) for name, each in _of("Ingress").items()}
    assert not any("internal" in rules or "rasa" in rules for rules in backends.values())


def test_the_workers_in_the_settings_are_those_of_the_manifest() -> None:
    urls = yaml.safe_load(_of("ConfigMap")["meedoen"]["data"]["MEEDOEN_RASA_URLS"])
    assert len(urls) == _of("StatefulSet")["rasa"]["spec"]["replicas"]


# nginx


class Behind(http.server.BaseHTTPRequestHandler):
    """What stands behind nginx in the test: tells what it was sent, and streams two events with a pause."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("Upgrade"):
            self.send_response(101)
            self.send_header("Upgrade", self.headers["Upgrade"])
            self.send_header("Connection", self.headers["Connection"])
            self.end_headers()
            self.close_connection = True
            return
        if self.path.endswith("/events"):
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            for number in range(2):
                self.wfile.write(f"data: {number}\n\n".encode())
                self.wfile.flush()
                time.sleep(1.5)
            return
        told = f"{self.server.server_port} {self.headers['X-Forwarded-For']} {self.headers['Host']}".encode()
        self.send_response(200)
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """The nginx of deploy/ with ports, paths and certificates of this test, in front of two small servers."""
    program, folder = shutil.which("nginx") or "/usr/sbin/nginx", tmp_path_factory.mktemp("nginx")
    key, chain = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=chat.voorbeeldgemeente.nl", "-keyout", str(key), "-out", str(chain)],
        check=True, capture_output=True,
    )  # fmt: skip
    behind = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Behind) for _ in range(3)]
    for server in behind:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    ports = {
        "plain": free_port(),
        "tls": free_port(),
        "public": behind[0].server_port,
        "console": behind[1].server_port,
        "second": behind[2].server_port,
    }
    text = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "/tmp/": f"{folder}/",  # first: the folder of this test has it in its name
        "listen [::]:8080 default_server;": "",
        "listen [::]:8443 ssl default_server;": "",
        "listen [::]:8443 ssl http2;": "",
        "8080": f"127.0.0.1:{ports['plain']}", "8443": f"127.0.0.1:{ports['tls']}",
        "server app:8000": f"server 127.0.0.1:{ports['second']}; server 127.0.0.1:{ports['public']}",
        "app:8001": f"127.0.0.1:{ports['console']}",
        "/etc/nginx/certificates": str(folder), "/run/nginx.pid": str(folder / "pid"),
        "/dev/stdout": str(folder / "access.log"), "/dev/stderr": str(folder / "error.log"),
        "allow 10.0.0.0/8;": "allow 127.0.0.0/8;",
    }  # fmt: skip
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    checked = subprocess.run([program, "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([program, "-c", str(file), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    _wait_for(ports["tls"])
    yield ports
    process.terminate()
    process.wait(timeout=10)
    for server in behind:
        server.shutdown()
        server.server_close()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def ask(port: int, host: str, path: str = "/", version: ssl.TLSVersion | None = None, more: str = "") -> str:
    """Ask over TLS as a browser of this host name would, and return everything that comes back."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if version:
        context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=host) as line,
    ):
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more or 'Connection: close'}\r\n\r\n".encode())
        found = b""
        while chunk := line.recv(65536):
            found += chunk
            if more:
                break
        return found.decode()


CHAT, STAFF = "chat.voorbeeldgemeente.nl", "medewerkers.voorbeeldgemeente.nl"


def test_each_host_name_has_its_own_door(nginx: dict[str, int]) -> None:
    public = tuple(f"{nginx[name]} 127.0.0.1 {CHAT}" for name in ("public", "second"))
    assert ask(nginx["tls"], CHAT).endswith(public)
    assert ask(nginx["tls"], STAFF).endswith(f"{nginx['console']} 127.0.0.1 {STAFF}")
    with pytest.raises(ssl.SSLError):
        ask(nginx["tls"], "iets.anders.nl")


def test_a_talk_stays_at_one_gateway_and_talks_are_spread(nginx: dict[str, int]) -> None:
    """A gateway masks the names that it heard before in a talk; another one does not know them."""

    def port_of(path: str, more: str = "") -> str:
        said = ask(nginx["tls"], CHAT, path, more=more and f"{more}\r\nConnection: close")
        return said.rsplit("\r\n", 1)[-1].split()[0]

    talks = [f"{number:032x}" for number in range(24)]
    roads = {
        talk: {port_of(f"/api/v1/conversations/{talk}/{part}") for part in ("messages", "feedback")} for talk in talks
    }
    cookies = {talk: port_of("/chat", f"Cookie: a=b; __Host-meedoen_chat={talk}.geheim") for talk in talks}
    assert all(len(ports) == 1 for ports in roads.values()), "one talk, one gateway"
    assert {min(ports) for ports in roads.values()} == {str(nginx["public"]), str(nginx["second"])}
    assert all(cookies[talk] in roads[talk] for talk in talks), "with or without script"


def test_who_says_where_he_comes_from_is_not_believed(nginx: dict[str, int]) -> None:
    answer = ask(nginx["tls"], CHAT, more="X-Forwarded-For: 6.6.6.6\r\nConnection: close")
    assert "127.0.0.1" in answer
    assert "6.6.6.6" not in answer


def test_tls_1_2_and_1_3_with_hsts_and_nothing_older(nginx: dict[str, int]) -> None:
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        assert "Strict-Transport-Security: max-age=31536000" in ask(nginx["tls"], CHAT, version=version)
    with pytest.raises((ssl.SSLError, ValueError)), pytest.warns(DeprecationWarning):
        ask(nginx["tls"], CHAT, version=ssl.TLSVersion.TLSv1_1)


def test_without_tls_one_is_sent_to_tls(nginx: dict[str, int]) -> None:
    with socket.create_connection(("127.0.0.1", nginx["plain"]), timeout=5) as line:
        line.sendall(f"GET /x?y=1 HTTP/1.1\r\nHost: {CHAT}\r\nConnection: close\r\n\r\n".encode())
        answer = line.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 308")
    assert f"Location: https://{CHAT}/x?y=1" in answer


def test_events_arrive_when_they_happen(nginx: dict[str, int]) -> None:
    began = time.monotonic()
    first = ask(nginx["tls"], CHAT, f"/api/v1/conversations/{'a' * 32}/events", more="Accept: text/event-stream")
    assert time.monotonic() - began < 1.4
    assert "HTTP/1.1 200" in first


def test_speech_can_become_a_websocket(nginx: dict[str, int]) -> None:
    headers = "Upgrade: websocket\r\nConnection: Upgrade"
    assert ask(nginx["tls"], CHAT, f"/api/v1/conversations/{'a' * 32}/voice", more=headers).startswith("HTTP/1.1 101")


def test_a_flood_from_one_address_is_slowed_down(nginx: dict[str, int]) -> None:
    statuses = {ask(nginx["tls"], STAFF, "/inloggen").split()[1] for _ in range(20)}
    assert statuses == {"200", "429"}


def test_health_and_figures_stay_inside(nginx: dict[str, int]) -> None:
    assert ask(nginx["tls"], CHAT, "/health").startswith("HTTP/1.1 403")
    assert ask(nginx["tls"], STAFF, "/health").startswith("HTTP/1.1 403")


def test_what_is_sent_is_never_logged(nginx: dict[str, int]) -> None:
    text = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    form = re.search(r"log_format plain (.*?);", text, re.S)
    assert form
    assert not re.search(r"\$(remote_addr|request_uri|args|request\b|http_authorization|query_string)", form[1])
    assert os.sep in str(DEPLOY)
