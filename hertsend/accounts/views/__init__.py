"""Pages about people, posts and one's own account."""
