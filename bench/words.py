"""What the bare apps say."""

FIXED = "What would you tell yourself on your first day in this job, knowing what you know now?"
