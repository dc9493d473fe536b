"""The commands of ``enforcement``: one module a command, holding it as ``command``.

``enforcement/commands/verify_audit.py`` is ``enforcement verify-audit``; it is imported only when it runs or when its help
is shown, so a module here may import what it needs at its top.
"""
