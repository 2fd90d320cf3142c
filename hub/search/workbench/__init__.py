"""The search workbench in the admin: what readers looked for in vain, how a query is understood, how good search is."""
