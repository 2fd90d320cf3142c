"""What is common to every dated event: when, where, how to sign up, its calendar file and structured data."""
