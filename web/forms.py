"""Reading the fields of a submitted form."""

from flask import request

from web.problems import refused


def read_text(field: str, longest: int) -> str:
    """A text field without the blanks around it; empty when it was not filled in.

    Raises:
        RefusedError: it is longer than ``longest`` characters, or no plain text.
    """
    text = request.form.get(field, "").strip()
    if len(text) > longest or "\0" in text:
        raise refused(field, f"at most {longest} characters of plain text were expected")
    return text


def read_share(field: str) -> float:
    """A number between 0 and 1; 0 when the field was left empty.

    Raises:
        RefusedError: it is no such number.
    """
    try:
        share = float(request.form.get(field) or 0)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise refused(field, "a number from 0 to 1 was expected")
    return share
