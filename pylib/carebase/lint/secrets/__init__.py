"""What must never be committed: secrets, and what looks like the data of a real person.

Nothing here ever repeats what it found; findings name the file, the line and the kind.
"""
