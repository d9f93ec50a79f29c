"""The demonstration: invented people and nine invented months on the real plan.

Everything is made through the services, with the clock set to the day on which it happens, so that
nothing in it is impossible. The same seed gives the same story.
"""
