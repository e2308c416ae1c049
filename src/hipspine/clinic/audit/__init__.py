"""Who did what, when: an append-only chain that nobody can rewrite unseen."""
