"""Races of real processes: web workers and writers that answer and ask at the same moment."""
