"""What joining allows. Values in, verdicts out; no database, no clock."""
