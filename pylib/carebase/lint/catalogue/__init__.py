"""Our own promises about the database, asked of the catalogue of one that was built from `sql/`."""
