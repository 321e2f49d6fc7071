"""Staff of the municipalities: accounts, roles and rights, sessions, and the audit log of what they did."""
