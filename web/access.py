"""Who is answered: this machine only, or whoever signs in."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.config import Settings
from web import account, accounts, audit, guard, identity, login, oidc


def install(app: Flask, settings: Settings) -> None:
    """Guard every request, and add the pages of accounts where people sign in."""
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
    app.jinja_env.globals.update(account=identity.account, may=identity.may)
    if not settings.accounts:
        guard.keep_to_this_machine(app)
        return
    # Strict would leave out the cookie when a link in an alert is followed, and on the way back
    # from an identity provider; every form carries a token of its own against forgery.
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    guard.demand_accounts(app, settings)
    for part in (login, account, accounts, audit):
        app.register_blueprint(part.blueprint)
    if settings.oidc_issuer:
        oidc.install(app, settings)
