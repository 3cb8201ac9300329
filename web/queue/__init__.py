"""Keep the queue of a webinar: from chat messages to answered questions. No HTML in here.

Every function takes the `Database` first. `webinars` make and open, `intake` takes messages in,
`reading` shows, `actions` and `regrouping` change, `undoing` takes back. `cards` holds the
objects that go in and out.
"""
