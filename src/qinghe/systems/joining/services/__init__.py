"""What people do in joining. One function is one use case and one transaction."""
