"""The site of deploy/nginx in front of the server: what it hands out, passes on and refuses (bar 39)."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from bench._served import free_port
from tests import migrated

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "qinghe.example"
pytestmark = [
    pytest.mark.whole,
    pytest.mark.once,
    pytest.mark.slow,
    pytest.mark.skipif(not NGINX, reason="no nginx (apt-get install nginx-light)"),
]
AROUND = """
daemon off; master_process off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;
    include {here}/qinghe.conf;
}}
"""


def make_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = (
        made.not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def write_site(folder, *, ports):
    """Write the site as it is shipped, but for its ports and folders."""
    plain, tls, behind = ports
    text = (settings.ROOT / "deploy/nginx/qinghe.conf").read_text()
    for shipped, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "    listen [::]:443 ssl http2;\n": "",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "/var/log/nginx/": f"{folder}/",
        "/etc/ssl/qinghe/": f"{folder}/",
        "/var/cache/qinghe-static": f"{folder}/static",
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    (folder / "qinghe.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(here=folder))


@contextmanager
def nginx(folder, *, behind):
    """Run nginx with the site in front of a port; yield its TLS port and its plain one."""
    plain, tls = free_port(), free_port()
    make_certificate(folder)
    write_site(folder, ports=(plain, tls, behind))
    subprocess.run([NGINX, "-t", "-q", "-c", folder / "nginx.conf", "-e", "stderr"], check=True)
    process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-e", f"{folder}/error.log"])
    try:
        wait_for(tls, process=process)
        yield tls, plain
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve an empty database behind nginx; yield its TLS port, its plain one, and its folder."""
    folder, data = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("data")
    behind = free_port()
    told = {name: word for name, word in os.environ.items() if name != "DATABASE_URL"}
    told |= {
        "QINGHE_DATA": str(migrated.served_before(data)), "QINGHE_HOSTS": NAME, "QINGHE_HTTPS": "1",
        "QINGHE_PROXIES": "1",
    }  # fmt: skip
    serve = [sys.executable, "manage.py", "serve", "--port", str(behind)]
    server = subprocess.Popen(
        serve, cwd=settings.ROOT, env=told, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    try:
        assert str(behind) in server.stdout.readline()
        with nginx(folder, behind=behind) as (tls, plain):
            yield tls, plain, folder
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


@pytest.fixture
def echoed(tmp_path):
    """Put nginx in front of a server that answers with the head it was sent."""

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self):
            told = str(self.headers).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_):
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with nginx(tmp_path, behind=server.server_address[1]) as ports:
            yield ports
        server.shutdown()


def wait_for(port, *, process):
    patience = time.monotonic() + 20
    while time.monotonic() < patience and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx did not begin to listen")


def said(port, text, *, tls=True, body=b""):
    """Send exactly this, and return the status, the headers and the body that came back."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    bare = socket.create_connection(("127.0.0.1", port), timeout=20)
    with context.wrap_socket(bare, server_hostname=NAME) if tls else bare as sock:
        sock.sendall(text.replace("\n", "\r\n").encode() + body)
        heard = b""
        while piece := sock.recv(65536):
            heard += piece
    head, _, rest = heard.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, rest


def get(site, path, *, more=""):
    return said(site[0], f"GET {path} HTTP/1.1\nHost: {NAME}\nConnection: close\n{more}\n")


def test_the_sign_in_page_answers_over_tls_and_plain_requests_are_sent_there(site):
    status, headers, body = get(site, "/accounts/login/")

    assert (status, headers["strict-transport-security"]) == (200, "max-age=31536000")
    assert "青禾" in body.decode(errors="ignore")
    assert "secure" in headers["set-cookie"]
    status, headers, _ = said(
        site[1], f"GET /x?q=1 HTTP/1.1\nHost: {NAME}\nConnection: close\n\n", tls=False
    )
    assert (status, headers["location"]) == (301, f"https://{NAME}/x?q=1")


def test_a_static_file_is_fetched_from_the_application_once(site):
    page = get(site, "/accounts/login/")[2].decode(errors="ignore")
    path = next(word for word in page.split('"') if word.startswith("/static/") and ".css" in word)

    first, again, plain = (
        get(site, path, more=more)
        for more in ("Accept-Encoding: gzip\n", "Accept-Encoding: gzip\n", "")
    )

    assert [heard[1]["x-static"] for heard in (first, again, plain)] == ["miss", "hit", "miss"]
    assert first[2] == again[2] != plain[2]
    assert "immutable" in again[1]["cache-control"]
    assert again[1]["x-content-type-options"] == "nosniff"
    assert get(site, "/static/../secret.key")[0] in (400, 404)


def test_what_only_the_machine_itself_may_read_is_not_passed_on(site):
    assert get(site, "/metrics")[0] == 404
    assert get(site, "/health/live")[0] == 200
    assert b'"told"' not in get(site, "/health/ready")[2]


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 6\nContent-Length: 5",
        "Content-Length: 4\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Content-Length: +4",
    ],
)
def test_a_request_of_two_lengths_is_refused(site, lengths):
    hidden = b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
    status, _, rest = said(
        site[0], f"POST /accounts/login/ HTTP/1.1\nHost: {NAME}\n{lengths}\n\n", body=hidden
    )

    assert status in (400, 501)
    assert b"HTTP/1.1 200" not in rest


def test_a_body_without_a_length_gets_one(site):
    chunked = "Transfer-Encoding: chunked\nConnection: close"
    status, _, body = said(
        site[0],
        f"POST /accounts/login/ HTTP/1.1\nHost: {NAME}\n{chunked}\n\n",
        body=b"3\r\na=b\r\n0\r\n\r\n",
    )

    # Without it the application says 411; with it the form is read, and its token is missing.
    assert status == 403
    assert body


def test_a_body_over_the_limit_is_refused_before_it_is_sent(site):
    status, _, _ = said(
        site[0], f"POST /sheets/ HTTP/1.1\nHost: {NAME}\nContent-Length: {2 * 1024**3}\n\n"
    )

    assert status == 413


@pytest.mark.parametrize("name", ["evil.example", f"{NAME}.evil.example"])
def test_another_host_is_refused(site, name):
    status, _, _ = said(
        site[0], f"GET /accounts/login/ HTTP/1.1\nHost: {name}\nConnection: close\n\n"
    )

    assert status == 400


def test_no_query_is_written_into_the_log_of_nginx(site):
    get(site, "/accounts/login/?next=/people/1380000")

    assert "1380000" not in (Path(site[2]) / "qinghe.log").read_text()
    assert '"GET /accounts/login/" 200' in (Path(site[2]) / "qinghe.log").read_text()


def test_what_a_client_says_of_its_address_is_overwritten_or_taken_out(echoed):
    claims = (
        "X-Forwarded-For: 203.0.113.7\nX-Forwarded-Proto: http\nX-Forwarded-Host: evil.example\n"
        "Forwarded: for=127.0.0.1\nX-Real-IP: 127.0.0.9\nX_Forwarded_For: 127.0.0.2\nProxy: evil\n"
        "Upgrade: h2c\n"
    )

    passed = get(echoed, "/", more=claims)[2].decode().strip().splitlines()

    assert sorted(passed) == [
        f"Host: {NAME}", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
    ]  # fmt: skip
