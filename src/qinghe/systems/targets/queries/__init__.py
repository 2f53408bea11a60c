"""What people look at in lists of work. Reads only; every function starts from an actor."""
