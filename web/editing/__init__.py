"""The editors' domain, without any HTML: what was asked, drafts of changes, proof, versions.

`questions` keeps what was asked, `handling` what editors did with it; `drafts` collects changes
of the FAQ; `proof` shows what they do; `publishing` learns and publishes; `versions` keeps every
published FAQ; `following` lets a running server answer by the newest one.
"""
