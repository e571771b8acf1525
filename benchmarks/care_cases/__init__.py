"""What `benchmarks/care.py` measures: lists, publishing, contention, occupancy, calls over HTTP."""
