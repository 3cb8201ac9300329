"""The commands of `vraagwijzer` that need the database."""
