"""Who does something, as the audit log has it."""

from dataclasses import dataclass

from tracker.types import AuditDraft, Deed, Subscription


@dataclass(frozen=True)
class Actor:
    """Somebody who does something."""

    name: str
    address: str = ""
    """The network address; none from the command line."""

    def did(self, deed: Deed, about: str = "") -> AuditDraft:
        """The entry of the audit log."""
        return AuditDraft(deed=deed, by=self.name, about=about, address=self.address)

    def did_to(self, deed: Deed, rule: Subscription) -> AuditDraft:
        """The entry for a subscription, whose id tells it from others of its name."""
        return self.did(deed, f"{rule.id}, {rule.name}")
