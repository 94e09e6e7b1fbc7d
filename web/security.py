"""What guards the pages: the session key, the hosts answered to, and the response headers."""

import os
import secrets
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request

from tracker.config import Settings
from tracker.errors import ConfigurationError

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": the CSRF check of an https site wants to see its own pages there.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def harden(app: Flask, settings: Settings) -> None:
    """Set the session key, cookie rules, size limit, trusted hosts and response headers.

    Raises:
        ConfigurationError: the secret key can be neither read nor kept in ``data_dir``.
    """
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="claim_tracker",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=180),
        # A page may stay open all day on an editor's desk; the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=settings.max_article_bytes,
        TRUSTED_HOSTS=trusted_hosts(settings),
    )
    app.after_request(add_headers)


def trusted_hosts(settings: Settings) -> list[str]:
    """The names this server answers to, so that no foreign name can be pointed at it.

    Loopback and the host of ``public_url``.
    """
    public = urlsplit(settings.public_url).hostname
    return ["127.0.0.1", "localhost", *([public] if public else [])]


def add_headers(response: Response) -> Response:
    """Put the security headers on a response; pages are not kept by shared caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def secret_key(settings: Settings) -> str:
    """The key that signs sessions: the configured one, or one kept in ``data_dir`` (mode 0600).

    Raises:
        ConfigurationError: it can be neither read nor kept.
    """
    configured = settings.secret_key.get_secret_value()
    if configured:
        return configured
    path = settings.data_dir / "secret_key"
    try:
        if not path.exists():
            _keep_new_key(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"the session key {path} cannot be read or written ({error}); "
            "make the folder writable or set TRACKER_SECRET_KEY"
        ) from error
    if len(key) < 32:
        raise ConfigurationError(f"the session key in {path} is too short; delete the file")
    return key


def _keep_new_key(path: Path) -> None:
    """Several server processes may start at once: whoever links the complete file first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key")  # made 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
