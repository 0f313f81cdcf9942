"""The commands that change a contact's file."""
