"""Bytes in and out: files of other programs, and the documents we publish.

Nothing here knows the database, HTTP or Django.
"""
