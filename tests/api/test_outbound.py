"""Nothing leaves the house for an address that is not meant: not by any spelling, not by a name that changes its mind,
not by a redirect; and nobody keeps us longer than we want. Real sockets, counted."""

import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest

from portal.outbound import addresses
from portal.outbound.sending import lookup, post, send

JSON = {"Content-Type": "application/json"}
NAMES = {  # what a resolver in the hand of somebody else answers
    "private.example.com": ["10.0.0.5"],
    "loopback.example.com": ["127.0.0.1"],
    "mixed.example.com": ["93.184.216.34", "127.0.0.1"],
    "six.example.com": ["::1"],
    "mapped.example.com": ["::ffff:127.0.0.1"],
    "metadata.example.com": ["169.254.169.254"],
    "nothing.example.com": [],
    "public.example.com": ["93.184.216.34"],
}
HOSTILE = """
https://127.0.0.1:{port}/
http://127.0.0.1:{port}/
https://127.1:{port}/
https://127.0.1:{port}/
https://2130706433:{port}/
https://0x7f000001:{port}/
https://0x7f.0.0.1:{port}/
https://0177.0.0.1:{port}/
https://017700000001:{port}/
https://127.0.0.01:{port}/
https://127.0.0.1.:{port}/
https://localhost:{port}/
https://LOCALHOST:{port}/
https://localhost.:{port}/
https://[::1]:{port}/
https://[::]:{port}/
https://0.0.0.0:{port}/
https://0:{port}/
https://[::ffff:127.0.0.1]:{port}/
https://[::ffff:7f00:1]:{port}/
https://[::127.0.0.1]:{port}/
https://[64:ff9b::7f00:1]:{port}/
https://[64:ff9b:1::7f00:1]/
https://[2002:7f00:1::]:{port}/
https://[2001:0:7f00:1::1]:{port}/
https://[fe80::1%25lo]:{port}/
https://[fe80::1]:{port}/
https://[fc00::1]/
https://[fd00:ec2::254]/
https://[ff02::1]/
https://[2001:db8::1]/
https://169.254.169.254/latest/meta-data/
https://168.63.129.16/
https://100.100.100.200/latest/meta-data/
https://100.64.0.1/
https://10.0.0.1/
https://172.16.0.1/
https://192.168.1.1/
https://192.0.0.1/
https://192.0.2.1/
https://192.88.99.1/
https://198.18.0.1/
https://203.0.113.7/
https://224.0.0.1/
https://240.0.0.1/
https://255.255.255.255/
https://user@127.0.0.1:{port}/
https://example.com@127.0.0.1:{port}/
https://127.0.0.1:{port}#@example.com/
https://example.com\\@127.0.0.1:{port}/
https:\\\\127.0.0.1:{port}/
https://127.0.0.1\\.example.com:{port}/
https:///127.0.0.1:{port}/
https://127。0。0。1:{port}/
https://１２７.0.0.1:{port}/
https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/
https://127.0.0.1%2f:{port}/
https://%31%32%37.0.0.1:{port}/
https://[::1
https://127.0.0.1:99999/
https://private.example.com/
https://loopback.example.com:{port}/
https://mixed.example.com/
https://six.example.com/
https://mapped.example.com/
https://metadata.example.com/
https://nothing.example.com/
https://public.example.com:22/
http://public.example.com/
ftp://127.0.0.1:{port}/
file:///etc/passwd
gopher://127.0.0.1:{port}/_POST
//127.0.0.1:{port}/
127.0.0.1:{port}
""".split()
HOSTILE += ["https://127.0.0.1:{port} /", "https://exam\tple.com/", "https://127.0.0.1:{port}/\r\nX: y", "", " "]


def told(host, port):
    """A resolver for the names above and the system's for the rest, which can only be asked for local ones."""
    return NAMES[host] if host in NAMES else lookup(host, port)


@pytest.fixture
def line():
    """A listener on every local address; `line.came` counts who connected."""
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        yield from _counted(server)


def _counted(server):
    came: list[object] = []

    def count():
        while True:
            try:
                came.append(server.accept())
            except OSError:
                return

    threading.Thread(target=count, daemon=True).start()
    server_port = server.getsockname()[1]
    yield type("Line", (), {"port": server_port, "came": came})
    server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def dialled(monkeypatch):
    """Every address the socket layer was asked to connect to; only those of this machine are really tried."""
    seen, real = [], socket.socket.connect

    def connect(self, address):
        seen.append(address)
        if not ipaddress.ip_address(address[0]).is_loopback:
            raise ConnectionRefusedError
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return seen


def test_hostile_addresses_open_no_connection(line, dialled, settings):
    settings.OUTBOUND_ALLOWED = ["10.99.0.0/16", "push.example.com:8443"]
    found = {url: post(url.replace("{port}", str(line.port)), b"{}", JSON, resolver=told) for url in HOSTILE}
    assert len(HOSTILE) >= 45
    assert {one.kind for one in found.values()} <= {"forbidden", "unresolved"}, found
    assert all(one.status == 0 and one.fault for one in found.values())
    time.sleep(0.05)
    assert (dialled, line.came) == ([], [])


def test_the_table_would_see_a_connection(line, dialled, settings):
    settings.OUTBOUND_ALLOWED = ["127.0.0.1"]
    threading.Timer(0.3, lambda: [one.close() for one, _ in line.came]).start()
    assert post(f"http://127.0.0.1:{line.port}/", b"{}", JSON).kind == "broken"
    assert dialled == [("127.0.0.1", line.port)] and len(line.came) == 1


def test_a_name_that_changes_its_mind_is_asked_once_and_held_to_its_word(line, dialled):
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    assert post("https://public.example.com/hook", b"{}", JSON, resolver=rebinding).kind == "refused"
    assert asked == ["public.example.com"] and dialled == [("93.184.216.34", 443)]
    assert post("https://public.example.com/hook", b"{}", JSON, resolver=rebinding).kind == "forbidden"
    assert len(dialled) == 1 and not line.came


@pytest.mark.parametrize(
    ("entry", "url", "good"),
    [
        ("10.1.0.0/16", "http://10.1.2.3:9000/", True),
        ("10.1.0.0/16", "http://10.2.2.3:9000/", False),
        ("10.1.0.0/16:8443", "https://10.1.2.3:8443/", True),
        ("10.1.0.0/16:8443", "https://10.1.2.3/", False),
        ("[fd00::1]:8080", "http://[fd00::1]:8080/", True),
        ("fd00::/8", "http://[fd12::1]:8080/", True),
        ("push.gov.cn", "https://push.gov.cn/", True),
        ("push.gov.cn", "http://push.gov.cn/", True),
        ("push.gov.cn", "https://push.gov.cn:8443/", False),
        ("push.gov.cn:8443", "https://push.gov.cn:8443/", True),
        ("push.gov.cn:8443", "https://other.gov.cn:8443/", False),
        ("政务.中国", "https://xn--zfr164b.xn--fiqs8s/", True),
    ],
)
def test_what_the_settings_allow_and_no_more(entry, url, good):
    meant, target = addresses.allowed([entry]), addresses.read(url)
    try:
        addresses.require(target, [target.address or ipaddress.ip_address("10.9.9.9")], meant)
    except addresses.Forbidden:
        assert not good
    else:
        assert good


def test_an_allowed_name_never_stands_for_the_metadata_of_a_cloud():
    meant, target = addresses.allowed(["push.gov.cn"]), addresses.read("https://push.gov.cn/")
    for one in ("169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1"):
        with pytest.raises(addresses.Forbidden):
            addresses.require(target, [ipaddress.ip_address(one)], meant)


def test_settings_that_cannot_be_read_send_nothing(settings, dialled):
    settings.OUTBOUND_ALLOWED = ["10.0.0.0/8:port"]
    assert post("https://public.example.com/", b"{}", JSON, resolver=told).kind == "forbidden"
    assert not dialled


# --- receivers that behave badly ------------------------------------------------------------------------------------


@contextmanager
def receiver(answer):
    """A server that reads a request and lets `answer(connection)` do what it likes; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection):
            with connection:
                try:
                    connection.recv(65536)
                    answer(connection)
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def here(settings):
    settings.OUTBOUND_ALLOWED = ["127.0.0.1"]


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"x")
        time.sleep(0.02)


def drip_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.02)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


@pytest.mark.parametrize("way", [drip, drip_body, lambda connection: time.sleep(2)])
def test_who_drips_or_hangs_is_cut_off_in_time(here, way):
    with receiver(way) as url:
        start = time.monotonic()
        answer = post(url, b"{}", JSON, total=0.4)
    assert answer.kind == "timeout" and not answer.good
    assert time.monotonic() - start < 0.9


def test_an_endless_answer_is_read_to_64_kib(here):
    with receiver(endless) as url:
        answer = post(url, b"{}", JSON)
    assert answer.good and len(answer.body) == 65536 and answer.seconds < 1


def test_no_redirect_is_followed(here, line):
    moved = f"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:{line.port}/\r\nContent-Length: 0\r\n\r\n".encode()
    with receiver(lambda connection: connection.sendall(moved)) as url:
        answer = post(url, b"{}", JSON)
    assert (answer.status, answer.good) == (307, False) and not line.came


def test_no_proxy_of_the_environment_is_used(here, line, monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{line.port}")
    with receiver(lambda connection: connection.sendall(b"HTTP/1.1 204 X\r\n\r\n")) as url:
        assert post(url, b"{}", JSON).status == 204
    assert not line.came


def test_rubbish_and_silence_are_failures_in_words(here):
    with receiver(lambda connection: connection.sendall(b"SSH-2.0\r\n")) as url:
        assert post(url, b"{}", JSON).kind == "broken"
    with receiver(lambda connection: None) as url:
        assert post(url, b"{}", JSON).fault == "连接中断，或者答复不合格式"
    assert post("http://127.0.0.1:1/", b"{}", JSON).kind == "refused"


def test_a_header_cannot_smuggle_another(here):
    with receiver(lambda connection: None) as url:
        assert post(url, b"{}", JSON | {"X-One": "a\r\nHost: b"}).kind == "broken"


def test_a_slow_resolver_is_not_waited_for(here):
    start = time.monotonic()
    answer = post("https://slow.example.com/", b"", JSON, connect=0.2, resolver=lambda host, port: time.sleep(1))
    assert answer.kind == "unresolved" and time.monotonic() - start < 0.6


# --- TLS: the pinned address speaks under the name that was meant ---------------------------------------------------


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A certificate of our own for hook.test."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hook.test"]
    made += ["-addext", "subjectAltName=DNS:hook.test", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.fixture
def tls(paper, here):
    """A TLS server on the loop; gives its port, and the names it was called by."""
    context, names, heard = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), [], []
    context.load_cert_chain(paper / "cert.pem", paper / "key.pem")
    context.sni_callback = lambda line, name, before: names.append(name)

    def answer(connection):
        text = b""
        while not text.endswith(b"{}"):
            text += connection.recv(65536)
        heard.append(text)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(connection, server_side=True) as line:
                        answer(line)
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        yield type("Tls", (), {"port": server.getsockname()[1], "names": names, "heard": heard})
        server.shutdown(socket.SHUT_RDWR)


def test_host_sni_and_certificate_are_those_of_the_name(tls, paper, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(paper / "cert.pem"))
    url = f"https://hook.test:{tls.port}/a?b=1"
    answer = send("PUT", url, b"{}", JSON, resolver=lambda host, port: ["127.0.0.1"])
    assert answer.good and tls.names == ["hook.test"]
    assert (
        tls.heard[0].startswith(b"PUT /a?b=1 HTTP/1.1\r\n")
        and f"Host: hook.test:{tls.port}\r\n".encode() in tls.heard[0]
    )


def test_another_name_or_an_unknown_authority_is_refused(tls, paper, monkeypatch):
    local = {"resolver": lambda host, port: ["127.0.0.1"]}
    assert post(f"https://hook.test:{tls.port}/", b"{}", JSON, **local).kind == "tls"
    monkeypatch.setenv("SSL_CERT_FILE", str(paper / "cert.pem"))
    assert post(f"https://other.test:{tls.port}/", b"{}", JSON, **local).kind == "tls"
    assert not tls.heard


def test_a_handshake_that_never_ends_is_cut_off(here):
    with receiver(lambda connection: time.sleep(2)) as url:
        start = time.monotonic()
        answer = post(url.replace("http://", "https://"), b"{}", JSON, total=0.4)
    assert answer.kind == "timeout" and time.monotonic() - start < 0.9
