"""What lists of work allow and how numbers are shared out. Values in, verdicts out."""
