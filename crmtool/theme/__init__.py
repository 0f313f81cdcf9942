"""The site's own MkDocs theme: templates, one style sheet, one script."""
