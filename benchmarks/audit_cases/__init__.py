"""What benchmarks/audit.py measures."""
