"""Writing SQL: from two databases to the statements that turn one into the other."""
