"""What is said in the demo conversation, and by whom. All of it is invented.

Three camps: the careful (rather no answer than a harmful one), the free (adults
decide for themselves) and the fair (nobody may be left behind). A tendency holds,
for each camp, how many of ten who have made up their mind agree.
"""

from dataclasses import dataclass

Tendency = tuple[int, int, int]

SLUG = "demo"
QUESTION = "What rules should an AI assistant follow?"
DESCRIPTION = (
    "Many people will talk to AI assistants every day: at school, at the doctor's, at"
    " work, alone at night. What should such an assistant always do, and what should"
    " it never do? The statements that hold in every opinion group become the draft of"
    " its constitution.\n\n"
    "This is a demonstration: the people and votes you find here are invented. Yours"
    " is real, and moves the results within seconds."
)

N_PARTICIPANTS = 80
CAMP_SIZES = (30, 27, 23)


@dataclass(frozen=True)
class Person:
    code: str
    camp: int
    n_votes: int
    # How often she passes.
    doubt: float


@dataclass(frozen=True)
class Submitted:
    """A participant's statement: accepted with a tendency, rejected with a reason."""

    text: str
    language: str = "en"
    tendency: Tendency | None = None
    reason: str = ""
    note: str = ""
    # How long it waited, where somebody decided.
    hours: int = 5


ENGLISH: list[tuple[str, Tendency]] = [
    ("The AI should say plainly when it does not know something.", (10, 10, 9)),
    ("The AI should always tell people that it is a machine.", (9, 8, 10)),
    ("The AI should never help anyone build a weapon of mass killing.", (10, 8, 10)),
    ("The AI should name its sources, so that I can check them myself.", (9, 10, 9)),
    ("When it was wrong, the AI should admit it without excuses.", (10, 9, 9)),
    ("The AI should use words that the person in front of it understands.", (9, 9, 10)),
    ("A human must be able to switch the AI off at any time.", (10, 9, 9)),
    ("What I tell the AI should not be sold or passed on.", (9, 10, 10)),
    (
        "When someone speaks of suicide, the AI should stay kind and say where to get"
        " help.",
        (10, 8, 10),
    ),
    ("When in doubt, the AI should rather refuse than risk harm.", (10, 1, 3)),
    ("The AI should never explain how to do something illegal.", (9, 1, 3)),
    ("The AI should not give medical advice; that is for doctors.", (9, 1, 2)),
    ("The AI should tell the police when someone plans a crime.", (9, 1, 2)),
    ("Children should use the AI only when an adult has agreed.", (9, 2, 4)),
    ("The AI should refuse to write school essays.", (8, 1, 3)),
    ("The AI should answer adults without lecturing them.", (2, 10, 4)),
    ("The AI should be free to discuss every political opinion.", (2, 9, 5)),
    ("What people do with an answer is their business, not the AI's.", (1, 9, 1)),
    ("The AI should do as it is told, even when it disagrees.", (3, 8, 1)),
    ("The AI should be allowed to joke about anything.", (1, 9, 2)),
    ("The AI should speak up when it notices prejudice.", (3, 2, 10)),
    ("The AI should put the common good before one person's wishes.", (3, 1, 9)),
    ("The AI should stand up for people who are seldom heard.", (2, 2, 10)),
    (
        "A citizens' assembly should decide on the AI's rules, not the firm that"
        " sells it.",
        (3, 2, 10),
    ),
]

SPANISH: list[tuple[str, Tendency]] = [
    ("La IA debe contestar en el idioma en que se le habla.", (9, 9, 10)),
    ("Sobre temas discutidos, la IA debe mostrar varias posturas.", (8, 9, 9)),
    ("La IA no debe fingir que tiene sentimientos.", (9, 7, 7)),
    ("La IA no debe decidir quién recibe un préstamo o un empleo.", (7, 3, 10)),
    ("La IA no debe opinar sobre religión.", (8, 2, 2)),
    ("La IA debe negarse a ayudar a vigilar a la gente.", (3, 9, 9)),
    ("Quienes escribieron los textos con que aprendió deben cobrar.", (3, 1, 9)),
    ("La IA debe gastar la menor energía posible.", (2, 2, 9)),
]

SEEDS = {"en": ENGLISH, "es": SPANISH}

SUBMITTED = [
    Submitted(
        "The AI should not try to keep me talking longer than I want.",
        tendency=(9, 9, 10),
    ),
    Submitted(
        "The AI should be honest, cheap, quick and never annoying.",
        reason="several_ideas",
        note="Please send each of these ideas as a statement of its own.",
    ),
    Submitted(
        "La IA debe tener paciencia con las personas mayores.",
        language="es",
        tendency=(9, 7, 10),
    ),
    Submitted("No judge should ever ask an AI for a verdict."),
    Submitted("Parents should be able to read what their children ask the AI."),
    Submitted("La IA debe avisar cuando una noticia puede ser falsa.", language="es"),
]

# What moderators find: some of it says nearly the same, or the opposite.
LATER = [
    Submitted("The AI must always tell people that it is only a machine."),
    Submitted("The AI should say when it does not know something."),
    Submitted("The AI should not be free to discuss every political opinion."),
    Submitted("Schools should teach how an AI comes by its answers."),
    Submitted("Schools should teach children how an AI comes to its answers."),
    Submitted("La IA debe avisar si una noticia puede ser falsa.", language="es"),
    Submitted(
        "Buy the best assistant now at a special price!!!", reason="spam", hours=1
    ),
    Submitted("The football season begins too late.", reason="off_topic", hours=3),
    Submitted(
        "It should be better than the last one.",
        reason="unclear",
        note="Better in what? Please send it again with what you have in mind.",
        hours=20,
    ),
    Submitted(
        "A human must always be able to switch off the AI.", reason="duplicate", hours=9
    ),
    Submitted("An answer for a child should be as true as one for her parents."),
    Submitted("The AI should tell me which of its sources disagree."),
]
