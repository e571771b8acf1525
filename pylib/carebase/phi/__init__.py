"""Protected health information: the same sealing as in SQL, the keys that wrap keys, and their upkeep."""
