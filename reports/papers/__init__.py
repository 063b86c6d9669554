"""The papers of a semester: values to what a page says, as plain data that a template only lays out."""
