"""Importing the register of officers from the list an office keeps anyway."""
