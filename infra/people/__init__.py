"""Who may do what: access, accounts, notices, and what waits for whom."""
