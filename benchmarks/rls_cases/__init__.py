"""What `benchmarks/rls.py` measures: a database of many organizations, and the queries a frontend sends."""
