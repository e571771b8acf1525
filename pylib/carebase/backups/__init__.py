"""Backups of the local stack: its whole database in one file, without the secrets of its vault."""

from carebase.backups.making import Backup, backup
from carebase.backups.manifest import Manifest
from carebase.backups.restoring import Restored, restore

__all__ = ["Backup", "Manifest", "Restored", "backup", "restore"]
