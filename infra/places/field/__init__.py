"""The coordinate field of forms: what is typed is read and examined at once."""
