"""Every change of state of the plan: keyword-only functions with ``by``, one transaction each."""
