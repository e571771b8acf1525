"""What benchmarks share that ask as a frontend does, over HTTP."""
