"""The rule book's state diagram: statuses below one another, every other way in a lane of its own beside them."""
