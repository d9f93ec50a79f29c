"""The JSON interface of governance: thin doors to the same selectors and services as the pages."""
