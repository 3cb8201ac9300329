"""Turn files that others made into our own objects: FAQ documents and webinar chats."""
