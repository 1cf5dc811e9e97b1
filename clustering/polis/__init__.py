"""What Polis itself makes of the same votes, for tools and people who compare with it.

One function, `math_blob`, and nothing of our own method: this package stands alone.
Written from a specification, without Polis's code; held to its published numbers by
`tests/clustering/test_against_polis.py`. The modules follow the steps of Polis's
engine (the Clojure one of 2024), numbered as in that specification:

    votes        1-3    signs, the two matrices, who is in the conversation
    pca          4-6    imputation, components, projections
    k_means      7      the clustering core
    clusters     8-9    base clusters and groups of a cold start
    memberships         or as a blob says they were
    counts       10     votes by participant, base cluster and group
    repness      11     representative statements (with the tests in `proportions`)
    consensus    12-13  majorities, group-aware consensus
    priorities   14     routing weights
    blob         19     all of it under Polis's own keys

What is odd in Polis has a number, and the code names it as "quirk 13":

    1   Agree is -1 inside and in every coordinate.
    2   A moderated-out column is 0 for everybody, and counts as a vote of everybody.
    3   Strict moderation and banned participants change nothing in the mathematics.
    4   Groups get 20 rounds of k-means; 100 were meant.
    5   Priorities use the counts of the update before. NOT here: the current counts
        are used, which is what Polis shows after an update without new votes.
    6   From March 2025 every priority was 49. NOT here.
    7   The power iteration starts at random and stops after 100 rounds; above 10,000
        people it samples. NOT here: the components are exact.
    8   One row or one column gives one component, and then everybody is at (0, 0).
    9   Where everybody has one position, two groups are still sought; one is found.
    10  The first k distinct positions are the seeds: who voted first decides.
    11  K-means compares old and new centres only as far as the shorter list goes.
    12  Points nearer than 1e-8 merge by cancellation, and ties follow a hash order.
        NOT here: true distances, the last of the nearest by id.
    13  An entry takes the direction of the larger comparison with the others, though
        it was let in by the tests of the other direction: "disagree" may stand over a
        statement that seven of ten agree with, even if it is the best agreed one.
    14  repness-test is in single precision.
    15  The comparison of two shares is 0 where everybody on both sides agreed.
    16  A k that is no longer on offer crashed the smoothing. NOT here: no smoothing.
    17  Subgroups are worked out and thrown away, lost votes race. NOT here.
    18  Consensus across groups and priorities cover rejected statements, too.
    19  What the server does with the result is no part of this.
"""

from clustering.polis.blob import math_blob

__all__ = ["math_blob"]
