"""Somebody who talks to the product over HTTP: keeps cookies, sends the CSRF token as the pages would, remembers nothing else."""
import gzip
import http.client
import json
import uuid


class Answer:
    """What came back: status, headers (lower case), bytes, and the JSON value if it is one."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        self.text = body.decode("utf-8", "replace")
        self.json = None
        if "json" in headers.get("content-type", ""):
            self.json = json.loads(body, parse_constant=_refuse) if body else None


def _refuse(name):
    raise ValueError(f"{name} is not JSON")


class Actor:
    def __init__(self, name, product, token=None):
        self.name = name
        self.product = product
        self.token = token
        self.cookies = {}
        self.csrf = None
        self.connection = None

    def request(self, method, path, body=None, headers=None, csrf=True):
        sent = {"Accept-Language": "en", **({"Content-Type": "application/json"} if body is not None else {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if csrf and self.csrf and method not in ("GET", "HEAD"):
            sent["X-CSRF-Token"] = self.csrf
        sent.update(headers or {})
        answer = self._send(method, path, body, sent)
        if path.split("?")[0] == "/api/v1/session":
            if method == "DELETE":
                self.csrf = None
            elif answer.status == 200 and isinstance(answer.json, dict):
                self.csrf = answer.json.get("csrf")
        return answer

    def _send(self, method, path, body, headers):
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.product.port, timeout=60)
            try:
                try:
                    self.connection.request(method, path, body, headers)
                except (BrokenPipeError, ConnectionResetError):
                    # A server that refuses by the headers alone answers before it has read the rest.
                    if attempt == 1 or self.connection.sock is None:
                        raise
                got = self.connection.getresponse()
                data = got.read()
                break
            except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
                # A kept-alive connection may have been closed meanwhile, by a restart or by time; a fresh one may not.
                self.close()
                if attempt == 2:
                    raise
        values = {}
        for name, value in got.getheaders():
            name = name.lower()
            values[name] = f"{values[name]}\n{value}" if name in values else value
            if name == "set-cookie":
                pair = value.split(";")[0]
                key, _, content = pair.partition("=")
                if content:
                    self.cookies[key.strip()] = content
                else:
                    self.cookies.pop(key.strip(), None)
        if got.will_close:
            self.close()
        return Answer(got.status, values, data)

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def multipart(name, content, field="file"):
    """One file as a form; answers (content type, body)."""
    mark = uuid.uuid4().hex
    head = (f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n")
    return f"multipart/form-data; boundary={mark}", head.encode() + content + f"\r\n--{mark}--\r\n".encode()
