"""The command line of carebase: wiring only; everything it does lives in the library."""
