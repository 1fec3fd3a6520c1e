"""Carries out the steps of one scenario against one product. A step that does not hold raises Failed with the place."""
import json
import re
import time

import compare
import language
from actor import Actor, Answer, multipart

PASSWORD = "Kumo-no-ue-42"


class Failed(Exception):
    pass


class Run:
    def __init__(self, product):
        self.product = product
        self.actors = {}
        self.actor = None
        self.variables = {"data_folder": str(product.folder)}
        self.clear()

    def clear(self):
        """What belongs to the next request only."""
        self.headers, self.times, self.csrf = {}, 1, True

    def case(self, case):
        self.clear()
        self.unanswered = None
        for step in case.steps:
            try:
                if step.word not in ("status", "refused", "exit"):
                    self._settle()
                getattr(self, "_http" if step.word in language.METHODS else "_cli" if step.word == "$" else f"_{step.word}")(step)
            except (Failed, language.Unreadable, ValueError) as problem:
                raise Failed(f"line {step.line}: {step.word} {compare.short(step.rest)}\n    {problem}{self._context()}") from None
        self._settle()

    def _settle(self):
        """A request or command whose outcome nobody names has to have gone well."""
        if self.unanswered:
            word, self.unanswered = self.unanswered, None
            if word == "http" and self.answer.status >= 400:
                raise Failed(f"the request was answered {self.answer.status}")
            if word == "cli" and self.code != 0:
                raise Failed(f"the command ended with {self.code}")

    def _context(self):
        answer = getattr(self, "answer", None)
        if answer is None:
            return ""
        return f"\n    last answer: {answer.status} {compare.short(answer.text)[:1500]}"

    def fill(self, text):
        return language.fill(text, self.variables)

    # Who speaks

    def _as(self, step):
        name = step.rest
        if name == "admin" and "admin" not in self.actors:
            self._first_logon("admin", self.product.password)
        self.actor = self.actors.setdefault(name, Actor(name, self.product))

    def _first_logon(self, login, password):
        actor = self.actors[login] = Actor(login, self.product)
        answer = actor.request("POST", "/api/v1/session", json.dumps({"login": login, "password": password}).encode())
        if answer.status != 200:
            self.answer = answer
            raise Failed(f"{login} cannot log on: {answer.status}")
        answer = actor.request("POST", "/api/v1/session/password", json.dumps({"old": password, "new": PASSWORD}).encode())
        if answer.status != 204:
            self.answer = answer
            raise Failed(f"{login} cannot change the first password: {answer.status}")
        answer = actor.request("GET", "/api/v1/session")
        if answer.status != 200:
            actor.request("POST", "/api/v1/session", json.dumps({"login": login, "password": PASSWORD}).encode())
            answer = actor.request("GET", "/api/v1/session")
        self.variables[login] = answer.json["account"]
        return actor

    def _user(self, step):
        """user LOGIN ROLE,ROLE [FIELD=VALUE …]: a person with these fields and an account; {LOGIN_person} is the person."""
        login, roles, *fields = self.fill(step.rest).split(" ")
        self._as(language.Step(step.line, "as", "admin"))
        values = {"name": login, **{f.split("=", 1)[0]: language.literal(f.split("=", 1)[1]) for f in fields}}
        person = self._ask("POST", "/api/v1/records/person", {"fields": values}, 201)
        account = self._ask("POST", "/api/v1/users", {"login": login, "person": person["id"], "roles": roles.split(",")}, 201)
        self.variables[f"{login}_person"] = person["id"]
        self.actor = self._first_logon(login, account["one_time_password"])

    def _token(self, step):
        """token NAME SCOPE,SCOPE [DATE]: the present actor makes an API token; NAME is an actor that uses it."""
        name, scopes, *until = self.fill(step.rest).split(" ")
        made = self._ask("POST", "/api/v1/tokens", {"name": name, "scopes": scopes.split(","),
                                                    "expires_on": until[0] if until else "2099-12-31"}, 201)
        self.actors[name] = Actor(name, self.product, made["secret"])
        self.variables[name] = next(t["id"] for t in self._ask("GET", "/api/v1/tokens", None, 200)["items"] if t["name"] == name)

    def _ask(self, method, path, body, status):
        self.answer = self.actor.request(method, path, None if body is None else json.dumps(body).encode())
        if self.answer.status != status:
            raise Failed(f"{method} {path} was answered {self.answer.status}")
        return self.answer.json

    # Requests

    def _header(self, step):
        name, _, value = self.fill(step.rest).partition(" ")
        self.headers[name] = value

    def _without(self, _):
        self.csrf = False

    def _times(self, step):
        self.times = int(step.rest)

    def _http(self, step):
        if self.actor is None:
            raise Failed("nobody speaks: `as NAME` first")
        for number in range(1, self.times + 1):
            if self.times > 1:
                self.variables["i"] = str(number)
            path, _, body = self.fill(step.rest).partition(" ") if "\n" not in step.rest.split(" ", 1)[0] else \
                self.fill(step.rest).partition("\n")
            self.answer = self._one(step.word, path, body.strip())
            if number < self.times and self.answer.status >= 400:
                raise Failed(f"request {number} was answered {self.answer.status}")
        self.output = None
        self.unanswered = "http"
        self.clear()

    def _one(self, method, path, body):
        headers = dict(self.headers)
        content = body.encode() if body else None
        if body.startswith("@"):
            name = body[1:]
            headers["Content-Type"], content = multipart(name, (self.product.folder / name).read_bytes())
        elif body.startswith("<"):
            content = (self.product.folder / body[1:].strip()).read_bytes()
        return self.actor.request(method, _quoted(path), content, headers, self.csrf)

    def _status(self, step):
        self.unanswered = None
        if self.answer.status != int(step.rest):
            raise Failed(f"it was answered {self.answer.status}")

    def _refused(self, _):
        """Any refusal that is the asker's doing, with a code."""
        self.unanswered = None
        if not 400 <= self.answer.status < 500 or not (self.answer.json or {}).get("code"):
            raise Failed(f"it was answered {self.answer.status}")

    # Commands

    def _cli(self, step):
        words = _words(self.fill(step.rest))
        if words[:1] != ["genmei"]:
            raise Failed("only genmei is run")
        done = self.product.run(words[1:])
        self.code = done.returncode
        self.output = done.stdout
        value = None
        try:
            value = json.loads(done.stdout) if done.stdout.strip()[:1] in (b"{", b"[") else None
        except ValueError:
            value = None
        self.answer = Answer(done.returncode, {}, done.stdout)
        self.answer.json = value
        self.error = done.stderr.decode("utf-8", "replace")
        if done.returncode != 0:
            self.answer.text += self.error
        self.unanswered = "cli"

    def _exit(self, step):
        self.unanswered = None
        if self.code != int(step.rest):
            raise Failed(f"it ended with {self.code}\n{self.error}")

    # What is seen

    def _subject(self, subject):
        if subject.startswith("header "):
            name = subject[7:].lower()
            return name in self.answer.headers, self.answer.headers.get(name)
        if subject in ("text", "error", "size"):
            return True, {"text": self.answer.text, "error": getattr(self, "error", ""), "size": len(self.answer.body)}[subject]
        if subject.startswith("{"):
            return True, language.literal(self.fill(subject))
        if not subject.startswith("/"):
            raise Failed(f"a pointer starts with a slash: {subject}")
        if self.answer.json is None:
            return False, None
        return language.at(self.answer.json, self.fill(subject))

    def _expect(self, step):
        subject, operator, wanted = compare.split(step.rest)
        found, value = self._subject(subject)
        problem = compare.check(found, value, operator, self.fill(wanted))
        if problem:
            raise Failed(problem)

    def _save(self, step):
        name, _, subject = step.rest.partition("=")
        found, value = self._subject(subject.strip())
        if not found:
            raise Failed("there is nothing to save")
        self.variables[name.strip()] = value

    # The product itself

    def _start(self, _):
        self._drop_connections()
        self.product.start()

    def _stop(self, _):
        self._drop_connections()
        self.product.stop()

    def _restart(self, step):
        self._stop(step)
        self.product.start()

    def _kill(self, _):
        self._drop_connections()
        self.product.kill()

    def _env(self, step):
        name, _, value = self.fill(step.rest).partition("=")
        self.product.environment[name] = value

    def _drop_connections(self):
        for actor in self.actors.values():
            actor.close()

    def _sql(self, step):
        statement = self.fill(step.rest)
        if self.product.sql(statement) == 0:
            raise Failed("it changed no row")

    def _wait(self, step):
        time.sleep(float(step.rest))

    def _file(self, step):
        """file NAME, its lines indented below."""
        name, _, content = self.fill(step.rest).partition("\n")
        (self.product.folder / name.strip()).write_text(content + "\n" if content else "", encoding="utf-8")

    def _bytes(self, step):
        """bytes NAME EXPRESSION; or bytes NAME answer: the last answer's or command's own bytes."""
        name, _, expression = step.rest.partition(" ")
        content = self.answer.body if expression == "answer" else language.octets(self.fill(expression))
        (self.product.folder / name).write_bytes(content)


def _quoted(path):
    """Spaces and Japanese in a path as they are typed, sent as a browser sends them."""
    return re.sub(r"[^\x21-\x7e]|[\"<>\\^`{|}]", lambda m: "".join(f"%{b:02X}" for b in m.group().encode()), path)


def _words(text):
    """Words of a command; quotes group."""
    return [a or b or c for a, b, c in re.findall(r'"([^"]*)"|\'([^\']*)\'|(\S+)', text)]
