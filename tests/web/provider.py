"""A small OpenID Connect provider that signs real tokens, and lies where it is told to."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "desk", "desk-secret"


@dataclass
class Provider:
    """Knows one person; ``claims`` are put into the token over the true ones."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    issuer: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "7", "preferred_username": "ana", "groups": ["desk"]}
    )
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    signing_key: RSAKey | None = None
    """Another key than the one that is published."""
    is_signed: bool = True
    has_id_token: bool = True
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was asked for, by the code that was given."""

    def app(self) -> Flask:
        """The provider as a web application."""
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", "discovery", self._discovery)
        app.add_url_rule("/authorize", "authorize", self._authorize)
        app.add_url_rule("/token", "token", self._token, methods=["POST"])
        app.add_url_rule("/jwks", "jwks", self._jwks)
        app.add_url_rule("/userinfo", "userinfo", lambda: jsonify(self.userinfo))
        return app

    def _discovery(self) -> ResponseReturnValue:
        at = {
            name: f"{self.issuer}/{path}"
            for name, path in (
                ("authorization_endpoint", "authorize"),
                ("token_endpoint", "token"),
                ("jwks_uri", "jwks"),
                ("userinfo_endpoint", "userinfo"),
            )
        }
        return jsonify(
            issuer=self.issuer,
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
            **at,
        )

    def _authorize(self) -> ResponseReturnValue:
        code = secrets.token_hex(8)
        self.asked[code] = request.args.to_dict()
        back = {"code": code, "state": request.args["state"]}
        return redirect(f"{request.args['redirect_uri']}?{urlencode(back)}")

    def _token(self) -> ResponseReturnValue:
        asked = self.asked.pop(request.form["code"], None)
        client = request.authorization
        if (
            asked is None
            or client is None
            or (client.username, client.password) != (CLIENT, SECRET)
        ):
            return jsonify(error="invalid_grant"), 400
        if asked["redirect_uri"] != request.form["redirect_uri"] or not _proves(asked):
            return jsonify(error="invalid_grant"), 400
        answer = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60}
        if self.has_id_token:
            answer["id_token"] = self._id_token(asked["nonce"])
        return jsonify(answer)

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce}
        claims = self.person | true | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": "1"}
        signed = jwt.encode(header, claims, self.signing_key or self.key)
        if self.is_signed:
            return signed
        naked = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        return f"{naked}.{signed.split('.')[1]}."

    def _jwks(self) -> ResponseReturnValue:
        return jsonify(KeySet([self.key]).as_dict(private=False))


def _proves(asked: dict[str, str]) -> bool:
    """Whether whoever brings the code is who asked for it (PKCE)."""
    made = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(made).decode().rstrip("=")
    return asked["code_challenge_method"] == "S256" and challenge == asked["code_challenge"]
