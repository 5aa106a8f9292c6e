"""A store in a folder: starts the real programs, talks to console tills, cuts cables, kills. For the demo and the tests.

Nothing here knows how Lanekeeper works inside; it uses the programs as a person or a script would.
"""
import contextlib
import http.client
import json
import os
import pathlib
import queue
import selectors
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time


class LabError(Exception):
    pass


class TillDied(LabError):
    """The till was killed while an answer was awaited."""


def wait_for(what, condition, timeout_s, every_s=0.05):
    """Polls a condition until it gives something true; the bound is the only clock."""
    end = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise LabError(f"waited {timeout_s} s in vain for {what}")
        time.sleep(every_s)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A store server with its private database, in one folder."""

    def __init__(self, binaries, folder, port=None, options=()):
        self.binary = str(pathlib.Path(binaries) / "lanekeeper-server")
        self.folder = pathlib.Path(folder)
        self.port = port or free_port()
        self.options = list(options)
        self.process = None
        self.log = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self, timeout_s=90):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = open(self.folder.with_suffix(".log"), "ab")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data-dir", str(self.folder), "--listen", self.address, *self.options],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        self.wait_ready(timeout_s)
        return self

    def healthy(self):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        try:
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=2, context=context)
            with contextlib.closing(connection):
                connection.request("GET", "/v1/health")
                return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def wait_ready(self, timeout_s=90):
        def ready():
            if self.process.poll() is not None:
                raise LabError(f"the server ended with {self.process.returncode}; see {self.folder.with_suffix('.log')}")
            return self.healthy()
        wait_for("the server to be ready", ready, timeout_s, 0.1)

    def command(self, *words, timeout_s=120):
        return subprocess.run([self.binary, *words, "--data-dir", str(self.folder)], capture_output=True, text=True,
                              timeout=timeout_s)

    def approve(self, code, till=None, replace=False):
        words = ["approve", code] + (["--till", str(till)] if till else []) + (["--replace"] if replace else [])
        result = self.command(*words)
        if result.returncode != 0:
            raise LabError(f"approval refused: {result.stdout}{result.stderr}")

    def audit(self):
        """(clean, text). Needs a running server or database, or none at all."""
        result = self.command("audit", timeout_s=600)
        return result.returncode == 0, result.stdout + result.stderr

    def database_pid(self):
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if words and os.path.basename(words[0]) in (b"mariadbd", b"mysqld") and \
                        any(str(self.folder).encode() in word for word in words):
                    return int(path.parent.name)
        return None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def kill_database(self):
        pid = self.database_pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return pid

    def stop(self, timeout_s=40):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self.kill()
                raise LabError("the server did not stop on SIGTERM")
        return self.process.returncode if self.process else None


class Cable:
    """The network cable between one till and the server: a TCP relay that can be cut and mended."""

    def __init__(self, target_port):
        self.target_port = target_port
        self.connected = True
        self._pairs = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        self.connected = False
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for one, other in pairs:
            for end in (one, other):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.connected = True

    def close(self):
        self._closed = True
        self.cut()
        self._listener.close()

    def _accept(self):
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.connected:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), timeout=5)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._pairs.add((near, far))
            threading.Thread(target=self._relay, args=(near, far), daemon=True).start()

    def _relay(self, near, far):
        selector = selectors.DefaultSelector()
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)
        with contextlib.suppress(OSError):
            while True:
                for key, _ in selector.select():
                    data = key.fileobj.recv(65536)
                    if not data:
                        raise OSError
                    key.data.sendall(data)
        selector.close()
        with self._lock:
            self._pairs.discard((near, far))
        near.close()
        far.close()


class Till:
    """A console till: one JSON answer a command, events on the side."""

    def __init__(self, binaries, folder, server_address, name, options=()):
        self.binary = str(pathlib.Path(binaries) / "lanekeeper-till")
        self.folder = pathlib.Path(folder)
        self.server_address = server_address
        self.name = name
        self.options = list(options)
        self.process = None

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.answers = queue.Queue()
        self.events = []
        self._events_changed = threading.Condition()
        log = open(self.folder.with_suffix(".log"), "ab")
        self.process = subprocess.Popen(
            [self.binary, "--console", "--data-dir", str(self.folder), "--server", self.server_address, "--name", self.name,
             *self.options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
        log.close()
        threading.Thread(target=self._read, args=(self.process, self.answers), daemon=True).start()
        return self

    def _read(self, process, answers):
        for line in process.stdout:
            try:
                value = json.loads(line)
            except ValueError:
                value = {"ok": False, "code": "lab.not_json", "message": line.decode(errors="replace")}
            if "event" in value:
                with self._events_changed:
                    self.events.append(value)
                    self._events_changed.notify_all()
            else:
                answers.put(value)
        answers.put(None)
        with self._events_changed:
            self._events_changed.notify_all()

    def send(self, line):
        try:
            self.process.stdin.write((line + "\n").encode())
            self.process.stdin.flush()
        except (BrokenPipeError, OSError, ValueError):
            raise self.death() from None

    def death(self):
        """What to raise for a till that is gone: TillDied if it was killed, a plain error if it ended by itself."""
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            return LabError(f"{self.name} has closed its output and still runs")
        if status != -signal.SIGKILL:
            return LabError(f"{self.name} ended by itself with status {status}: see {self.folder.with_suffix('.log')}")
        return TillDied(self.name)

    def ask(self, line, timeout_s=30):
        """The answer as it is, ok or not."""
        self.send(line)
        try:
            answer = self.answers.get(timeout=timeout_s)
        except queue.Empty:
            raise LabError(f"{self.name}: no answer to '{line}' within {timeout_s} s") from None
        if answer is None:
            raise self.death()
        return answer

    def do(self, line, timeout_s=30):
        answer = self.ask(line, timeout_s)
        if not answer.get("ok"):
            raise LabError(f"{self.name}: '{line}' was refused: {answer}")
        return answer

    def wait_event(self, kind, timeout_s=30, since=0):
        end = time.monotonic() + timeout_s
        with self._events_changed:
            while True:
                for event in self.events[since:]:
                    if event["event"] == kind:
                        return event
                left = end - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    raise LabError(f"{self.name}: no event '{kind}' within {timeout_s} s")
                self._events_changed.wait(min(left, 0.5))

    def pair(self, server, number=None, replace=False):
        """The first start of a till: it shows a code, the manager approves the same code."""
        event = self.wait_event("pairing_code", 30)
        server.approve(event.get("text") or event.get("code"), number, replace)
        self.wait_event("paired", 30)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def quit(self, timeout_s=20):
        if self.alive():
            self.send("quit")
            try:
                status = self.process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self.kill()
                raise LabError(f"{self.name} did not quit") from None
            if status != 0:
                raise self.death()


def sql(server, statement):
    """Rows of a query, read with the database's own client: independent of everything of ours."""
    client = shutil.which("mariadb") or shutil.which("mysql")
    connection = json.loads(server.command("database-info").stdout)
    environment = dict(os.environ, MYSQL_PWD=connection["password"])
    result = subprocess.run(
        [client, "--no-defaults", "-N", "-B", "--socket", connection["socket"], "-u", connection["user"],
         connection["schema"], "-e", statement], capture_output=True, text=True, env=environment, timeout=120)
    if result.returncode != 0:
        raise LabError(result.stderr)
    return [line.split("\t") for line in result.stdout.splitlines()]
