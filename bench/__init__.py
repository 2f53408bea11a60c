"""What is measured against the bars; docs/performance.md holds the results."""
