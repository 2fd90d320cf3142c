"""Papers: what every PDF and office document of the hub shares. Plain Python, imports nothing of the hub."""
