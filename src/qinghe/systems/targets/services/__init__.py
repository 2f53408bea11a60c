"""What people do with lists of work: one function each."""
