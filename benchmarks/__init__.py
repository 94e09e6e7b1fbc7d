"""Speed and quality, beside each other."""
