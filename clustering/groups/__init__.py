"""Who thinks alike: groups sought, proved, and settled among everybody."""
