"""Formatting for templates, and nothing else."""

from django import template

register = template.Library()
