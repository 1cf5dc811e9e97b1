"""How people take part: signs of votes and statements that a person should look at"""

from clustering.quality.look import look
from clustering.quality.records import (
    Ballots,
    Joined,
    Sign,
    Thresholds,
    Written,
    ballots,
)

__all__ = ["Ballots", "Joined", "Sign", "Thresholds", "Written", "ballots", "look"]
