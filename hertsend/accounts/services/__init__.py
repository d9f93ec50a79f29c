"""Every change to people, roles, posts and tokens: keyword-only functions with ``by``."""
