"""A message goes out once, a failing way out is tried later and later, and nothing personal stays behind."""

import datetime as dt
import socketserver
import stat
import threading
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.utils import timezone

from registry import tasks
from registry.messages import queue, sending
from registry.models import Dispatch

PHONE = "13800001111"
pytestmark = pytest.mark.django_db


class Broken:
    """A gateway that is down and tells everybody whom it was to call."""

    def send(self, phone, text, *, key):
        raise ConnectionError(f"no way to {phone}")


class Twice:
    """A gateway that sees, while it sends, whether anybody else would take the same message."""

    taken: list = []

    def send(self, phone, text, *, key):
        Twice.taken.append(sending._claim())


def text(key="k1", **more):
    queue.put(queue.SMS, PHONE, "", "您好", key=key, place_code="120103001001", **more)
    return Dispatch.objects.get(key=key)


def letter(key="m1"):
    queue.put(queue.EMAIL, "li@example.cn", "标题\n换行", "内容", key=key, place_code="120103001001")


def sent(settings):
    return sorted(settings.SMS_FOLDER.glob("*.txt"))


def test_an_sms_is_a_file_of_its_own_that_only_the_account_may_read(settings):
    text()
    assert sending.send() == 1
    (file,) = sent(settings)
    assert file.read_text() == f"{PHONE}\n\n您好\n"
    assert stat.S_IMODE(settings.SMS_FOLDER.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_key_is_queued_and_sent_once(settings):
    text()
    text()
    assert [sending.send(), sending.send()] == [1, 0]
    assert len(sent(settings)) == 1


def test_nobody_else_takes_a_message_that_is_being_sent(settings):
    settings.SMS_PORT = f"{__name__}.Twice"
    text()
    assert sending.send() == 1
    assert Twice.taken == [None]


def test_a_fault_is_kept_without_the_number_and_tried_again_after_its_pause(settings, caplog):
    settings.SMS_PORT = f"{__name__}.Broken"
    one = text()
    assert [sending.send(), sending.send()] == [0, 0]
    one.refresh_from_db()
    assert (one.state, one.tries) == ("waiting", 1)
    assert one.fault == "ConnectionError: no way to …"
    assert PHONE not in caplog.text
    assert dt.timedelta(seconds=50) < one.next_at - timezone.now() <= dt.timedelta(minutes=1)


def test_the_pauses_double_up_to_an_hour():
    minutes = [sending.pause(tries).total_seconds() / 60 for tries in range(1, 10)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_after_the_last_try_it_has_failed_for_good(settings):
    settings.SMS_PORT = f"{__name__}.Broken"
    one = text()
    for _ in range(sending.MOST + 3):
        Dispatch.objects.update(next_at=timezone.now())
        sending.send()
    one.refresh_from_db()
    assert (one.state, one.tries) == ("failed", sending.MOST)
    assert sending.oldest_unsent()["unsent_failed"] == 1


def test_one_that_fails_holds_up_none_behind_it(settings):
    settings.SMS_PORT = f"{__name__}.Broken"
    text()
    letter()
    assert sending.send() == 1
    assert len(mail.outbox) == 1


def test_what_is_of_no_use_any_more_is_not_sent_and_its_words_are_gone(settings):
    one = text(until=timezone.now() - dt.timedelta(seconds=1))
    assert sending.send() == 0
    one.refresh_from_db()
    assert (one.state, one.body, sent(settings)) == ("failed", "", [])


def test_a_code_that_was_sent_is_not_kept():
    one = text(until=timezone.now() + dt.timedelta(minutes=5))
    assert sending.send() == 1
    one.refresh_from_db()
    assert (one.state, one.body) == ("sent", "")


def test_address_and_words_are_ciphertext_in_the_database(django_assert_num_queries):
    one = text()
    stored = Dispatch.objects.filter(pk=one.pk).extra(select={"a": "address || ''", "b": "body || ''"}).get()
    assert PHONE not in stored.a and "您好" not in stored.b


def test_a_line_break_in_a_title_cannot_add_a_header():
    letter()
    sending.send()
    assert mail.outbox[0].subject == "标题 换行"
    assert mail.outbox[0].extra_headers["Message-ID"] == "<m1@localhost>"


def test_the_health_page_says_since_when_the_oldest_waits(client):
    assert client.get("/healthz").json()["oldest_unsent"] is None
    text()
    assert client.get("/healthz").json()["status"] == "ok"
    Dispatch.objects.update(made_at=timezone.now() - dt.timedelta(minutes=20))
    report = client.get("/healthz").json()
    assert report["status"] == "degraded" and 1190 < report["unsent_seconds"] < 1300


def test_the_task_only_calls_the_action():
    text()
    assert tasks.dispatch() == 1


class Post(socketserver.StreamRequestHandler):
    """The few words of SMTP that a delivery needs."""

    got: list = []

    def handle(self):
        self.say("220 post office")
        while line := self.rfile.readline().strip():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                Post.got.append(self.rest())
            if word == b"QUIT":
                return self.say("221 bye")
            self.say("250 ok")

    def rest(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post(settings):
    """A real mail server on this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server
        server.shutdown()


def test_an_email_arrives_at_a_real_server(post):
    letter()
    assert sending.send() == 1
    (raw,) = Post.got
    came = message_from_bytes(raw, policy=policy.default)
    assert (came["To"], came["Subject"]) == ("li@example.cn", "标题 换行")
    assert came.get_content().strip() == "内容"


def test_a_server_that_does_not_answer_is_a_fault_to_be_tried_again(post):
    post.shutdown()
    post.server_close()
    letter()
    assert sending.send() == 0
    assert Dispatch.objects.get().state == "waiting"
    assert Dispatch.objects.get().fault.startswith("ConnectionRefusedError")
