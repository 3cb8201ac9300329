"""Be a small OpenID Connect provider, as a process of its own: `python oidc_provider.py`.

It checks what a provider must check (client, redirect address, PKCE, codes that work once) and
signs with RS256. Tests post to /control who signs in and what it should do wrong.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "vraagwijzer", "geheim-van-de-test"
KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig"})
NOBODY: dict[str, Any] = {"user": {"sub": "1", "name": "Noor"}}
state: dict[str, Any] = {"control": NOBODY, "codes": {}, "tokens": {}, "seen": []}


def _hash_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            return self._json(self._description())
        if parts.path == "/jwks":
            return self._json({"keys": [KEY.as_dict(private=False)]})
        if parts.path == "/authorize":
            return self._authorize(query)
        if parts.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            return self._json(state["tokens"].get(token, {}))
        if parts.path == "/seen":
            return self._json(state["seen"])
        return self._json({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            state["control"] = json.loads(body)
            state["seen"] = []
            return self._json({})
        return self._token({name: values[0] for name, values in parse_qs(body).items()})

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": state["control"].get("issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": state["control"].get("token_endpoint", f"{self.issuer}/token"),
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
        }

    def _authorize(self, query: dict[str, str]) -> None:
        state["seen"].append(query)
        fine = (
            query.get("client_id") == CLIENT
            and query.get("response_type") == "code"
            and query.get("code_challenge_method") == "S256"
            and query.get("redirect_uri", "").endswith("/moderatie/aanmelden/terug")
            and "openid" in query.get("scope", "").split()
            and len(query.get("state", "")) >= 32 <= len(query.get("nonce", ""))
        )
        if not fine:
            self._json({"error": "invalid_request"}, 400)
            return
        answer = {"state": query["state"], "iss": self.issuer}
        if "error" in state["control"]:
            answer["error"] = state["control"]["error"]
        else:
            answer["code"] = secrets.token_urlsafe(16)
            state["codes"][answer["code"]] = query
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _token(self, form: dict[str, str]) -> None:
        state["seen"].append(form)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = state["codes"].pop(form.get("code"), None)  # a code works once
        fine = (
            asked is not None
            and self.headers.get("Authorization") == f"Basic {basic}"
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == asked["redirect_uri"]
            and _hash_of(form.get("code_verifier", "")) == asked["code_challenge"]
        )
        if not fine:
            return self._json({"error": "invalid_grant"}, 400)
        control, access = state["control"], secrets.token_urlsafe(16)
        state["tokens"][access] = {**control["user"], **control.get("userinfo", {})}
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": asked["nonce"],
            **control["user"],
            **control.get("claims", {}),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        answer = {"access_token": access, "token_type": "Bearer", "id_token": self._sign(claims)}
        return self._json(answer)

    def _sign(self, claims: dict[str, Any]) -> str:
        how = state["control"].get("signed", "RS256")
        if how == "none":
            parts = [{"alg": "none"}, claims]
            texts = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts]
            return b".".join([*texts, b""]).decode()
        if how == "HS256":
            key = OctKey.import_key(SECRET * 3)
            return jwt.encode({"alg": how, "kid": "een"}, claims, key)
        key = STRANGE_KEY if how == "strange" else KEY
        return jwt.encode({"alg": "RS256", "kid": "een"}, claims, key)

    def _json(self, body: object, status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
