"""Files with figures: read in a process of their own, mapped, and held against what is stored."""
