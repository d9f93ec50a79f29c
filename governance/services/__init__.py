"""Changes of governance's records, each one keyword-only function with ``by``."""
