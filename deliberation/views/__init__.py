"""Floor 4: HTML over HTTP. Read the request, one action or query, render."""
