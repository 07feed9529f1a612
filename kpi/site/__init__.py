"""What the documentation site makes of the pages: MkDocs calls the hooks as it builds."""
