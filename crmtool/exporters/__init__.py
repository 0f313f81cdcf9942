"""Contacts in the forms that other programs read: values in, texts and bytes out."""
