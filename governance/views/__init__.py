"""Pages of governance: the board's dashboard and its packs."""
