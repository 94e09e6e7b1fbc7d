"""claim-tracker: attributed claims from the news, and their contradictions."""
