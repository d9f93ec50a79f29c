"""What of the plan waits for people; each module registers its sources when it is imported."""

from plans.matters import commitments, impact, milestones, signing

__all__ = ["commitments", "impact", "milestones", "signing"]
