"""What every import of files into an organization shares: its transaction, its findings, its refusals."""
