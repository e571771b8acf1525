"""The systems that benchmarks/outbox.py compares."""
