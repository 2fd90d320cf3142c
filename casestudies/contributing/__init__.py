"""What pioneers send: the form, the draft page made of it, its reading by moderators, its amendment and withdrawal."""
