"""What `benchmarks/resilience.py` measures: dashboards, check-ins, kept figures, writes."""
