"""The terms of a policy as a schedule states them, what is asked of them, and what the policy costs."""
