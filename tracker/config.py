"""Settings, read once from the environment (prefix ``TRACKER_``) and passed in."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tracker.errors import ConfigurationError
from tracker.types import Role


class Settings(BaseSettings):
    """Where things are and how much is asked of them."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_", extra="ignore")

    data_dir: Path = Path("data")
    """Folder of everything the embedded mode keeps."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in ``data_dir``."""
    broker_url: str = ""
    """Redis or Valkey URL of the queue; empty means the embedded server."""
    public_url: str = "http://127.0.0.1:8000"
    """How links in alerts reach the web pages."""
    secret_key: SecretStr = SecretStr("")
    """Signs web sessions; empty means one is made and kept in ``data_dir``."""

    accounts: bool = False
    """Whether people sign in; without, only this machine is answered, and it may do everything."""
    trusted_proxies: int = 0
    """How many proxies stand in front of the pages, whose word for a reader's address counts."""
    api_per_minute: int = 600
    """How many requests a minute a token may make, of each web process."""
    oidc_issuer: str = ""
    """Base URL of an OpenID Connect provider through which people may sign in."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_claim: str = "groups"
    """The claim, a word or a list of words, by which roles are given."""
    oidc_roles: dict[str, Role] = {}
    """The role that each word of that claim gives; ``*`` is for everybody the provider knows."""

    candidate_budget: int = 40
    """How many earlier and later claims a new claim is compared with at most."""
    window_days: int = 120
    """How far apart two claims may lie in time to be compared."""
    judge_folder: Path | None = None
    """Folder of a cross-encoder for inference that is asked about likely conflicts."""
    judge_url: str = ""
    """OpenAI-compatible endpoint, up to ``/chat/completions``, that is asked about them instead."""
    judge_model: str = ""
    """The model to ask for there."""
    judge_key: SecretStr = SecretStr("")
    judge_prompt: Path | None = None
    """A file of instructions instead of the ones that come with the program."""
    judge_timeout: float = 30.0
    """Seconds to wait for an answer of the endpoint."""
    judge_per_day: int = 500
    """How many pairs the endpoint is asked about in a day (UTC) at most."""
    alert_attempts: int = 10
    """How often an alert is tried before it counts as failed."""
    max_article_bytes: int = 1_000_000

    keep_logs_days: int = Field(default=365, ge=1)
    """How long messages are kept after they went out, and requests under an Idempotency-Key."""
    keep_audit_days: int | None = Field(default=None, ge=1)
    """How long the entries of the audit log are kept; None means for ever."""

    @property
    def sqlalchemy_url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tracker.db'}"


def read_settings() -> Settings:
    """The settings from the environment.

    Raises:
        ConfigurationError: a variable cannot be used; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = "_".join(map(str, fault["loc"])).upper()
        raise ConfigurationError(f"TRACKER_{name}: {fault['msg']}") from None
