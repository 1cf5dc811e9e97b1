"""The analysis engine: votes in, opinion groups and their statements out.

Pure functions over arrays. It knows no web, no database, no files and no clock;
the same votes with the same settings give the same bytes, in any order of rows.
"""

from clustering.analysis import analyse
from clustering.arrays import InvalidVotes
from clustering.results import Analysis
from clustering.settings import AnalysisSettings

__all__ = ["Analysis", "AnalysisSettings", "InvalidVotes", "analyse"]
