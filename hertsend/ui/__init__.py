"""The user interface's foundation: form rendering, template filters and the gallery of components."""
