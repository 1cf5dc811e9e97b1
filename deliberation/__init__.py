"""Folkmoot: a public writes the rules that an AI must live by."""

from deliberation.celery import app as celery_app

__all__ = ["__version__", "celery_app"]

__version__ = "0.4.0"
