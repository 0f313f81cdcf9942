"""What is known of a person, and how it is erased: in the files, and in all of their history."""
