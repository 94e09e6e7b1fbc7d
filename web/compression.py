"""Pages, styles and scripts are sent compressed."""

from flask import Flask, Response, request
from flask_compress import Compress

COMPRESSED = ["text/html", "text/css", "text/javascript", "image/svg+xml"]
"""What programs read is left out: it would have another ETag each way."""


def install(app: Flask) -> None:
    """Compress what ``app`` answers, as far as a browser asks for it."""
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(app)
    app.after_request(_read_whole)


def _read_whole(response: Response) -> Response:
    """Hold a file of ours in memory: what is streamed is compressed worse, and left open."""
    if request.endpoint == "static" and response.is_streamed:
        response.direct_passthrough = False
        response.make_sequence()
    return response
