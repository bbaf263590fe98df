"""One script a page: it asks its reader, has the question answered, and shows the answer."""
