"""A mail server on loopback in six moods: kind, away, slow, lazy (with each letter), choosy, forgetful.

Choosy refuses one address; forgetful hangs up before it says that it took the letter.
"""

import socketserver
import threading
import time
from email import message_from_bytes
from email.policy import default

REFUSED = "gone@trust.example"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self._talk()
        except OSError:  # the other side has gone
            return

    def _talk(self):
        if self.server.mood == "slow":
            time.sleep(self.server.slowness)
        self._say("220 loopback")
        for line in self.rfile:
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA" and not self._take_letter():
                return
            if verb == "RCPT" and self._refuses(words):
                self._say(f"{self.server.code} no such person {REFUSED}")
            elif verb != "DATA":
                self._say("250 fine")

    def _refuses(self, words):
        return self.server.mood == "choosy" and REFUSED in words

    def _take_letter(self):
        """Keep the letter. A forgetful server hangs up before it says so."""
        self._say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=default))
        if self.server.mood == "lazy":
            time.sleep(self.server.slowness)
        if self.server.mood == "forgetful":
            return False
        self._say("250 kept")
        return True

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Use as a context manager; ``letters`` are what came in, parsed."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mood="kind", code=550, slowness=3.0):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood, self.code, self.slowness, self.letters = mood, code, slowness, []

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
