"""What the methods page says about each method before its examples, in a planner's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the page.

    Attributes:
        title: of it.
        says: what is done, and what is not; one paragraph each.
        modules: names that the modules it is about begin with.
    """

    title: str
    says: tuple[str, ...]
    modules: tuple[str, ...]


INTRODUCTION = """\
A forecast of pupils is made of three things: how many children enter a school, how many of them are
found in the next year group a year later, and what new homes add. The atlas works each of them out
in several ways, tries every way on the years that have already passed, and takes the one that has
been clearly nearest. What it says then carries a range, which is as wide as forecasts of that kind
have been wrong before. Places are compared with pupils, never set off between areas or year
groups; and children are sent to schools as families choose and schools admit.

What is **not** done:

- Nothing is known that the rolls, births, homes and journeys do not show. A school that will open,
  close, move or change its ages is in a forecast only where a planner says so.
- No forecast is a plan: an admission number holds pupils back only where a planner wants it to, and
  whoever is turned away is counted elsewhere.
- A range says how far off forecasts of that kind have been. It does not know of what has not
  happened before.
- Families and children stay numbers: no name, address or pupil number is stored or needed.

Every example below is a test of the program. It is worked by hand, and run each time the program
changes: `==` and `≈` (equal but for rounding) are what the program must answer. They are written
in Python, since that is what is run; arrays are shown as lists. The sentence above each example
says what it shows.
"""

TOPICS = (
    Topic(
        "How year groups move up",
        (
            "Cohort survival: of the children in a year group, how many are found in the next one "
            "a year later? A ratio above one means that families move in, one below that they "
            "move or choose away. The ratio is learnt from the last years and carried forward.",
            "A small school's ratio is mostly chance: one family more is several per cent. So it "
            "leans on the ratio of its planning area, which leans on that of the authority, the "
            "more so the fewer pupils it has. How much is not set by anybody; it follows from how "
            "far schools really differ. Moving in and away during the year is inside the ratio.",
        ),
        (
            "planning.forecast.progression",
            "planning.forecast.shrinkage",
            "planning.forecast.pooled",
            "planning.forecast.sexes",
        ),
    ),
    Topic(
        "Who enters",
        (
            "Reception follows from the births of five years before, by the small areas that "
            "children live in and the schools which that area's children have gone to. Year 7 "
            "follows from the year 6 of the schools that send pupils there. Where homes are not "
            "known, a school keeps its share of the intake of its planning area, or of its "
            "authority; the result says which of them was used.",
            "A school that was full took in as many as it had places, whoever else would come. "
            "So when there are fewer children, it stays full for long, and the others miss them "
            "first. Whether it was full is seen from intakes that came again and again. All "
            "intakes of an authority add up to what its cohorts bring: nobody vanishes.",
            "Births do not know who has moved since. Where residents of an area were counted at "
            "a later age, they stand in their place. Births reach four or five years ahead; after "
            "the last, the authority's population projection carries them on, or as many are "
            "expected as in the last year. Each year says which.",
            "Pupils who live in another authority are expected to become more or fewer as the "
            "other pupils of their school do. How many come and go is counted and told. A forecast "
            "of an earlier year, made to see how far off it would have been, uses only the births, "
            "counts and rolls of its time.",
        ),
        ("planning.forecast.intake",),
    ),
    Topic(
        "What new homes add",
        (
            "Every site brings pupils by the number, kind and age of its homes. Those who move "
            "within the authority are already on a roll, so a share may be taken off. Ratios and "
            "births of the years behind already hold what building at the recent pace brings: only "
            "building faster than that adds pupils, and slower takes some off.",
            "A blank is not a zero: homes without a year or a number are named, not guessed.",
        ),
        ("planning.housing", "planning.homes", "planning.forecast.housing"),
    ),
    Topic(
        "The methods that compete",
        (
            "From the plainest to the fullest: the last year again; the last change again; cohort "
            "survival with the last three years weighted 3, 2 and 1, as most authorities do it; "
            "cohort survival in which small schools lean on larger groups; and the same with "
            "intakes from births and homes. The plain ones are there to be beaten: over one year "
            "they are hard to beat, and where they win they are used.",
        ),
        ("planning.forecast.methods", "planning.forecast.naive"),
    ),
    Topic(
        "Which method is used",
        (
            "Each method forecasts from several past years as if it knew nothing later, and is "
            "compared with what came. The fullest one is used unless another has been clearly "
            "nearer over all units of a level; a unit departs from that only where its own record "
            "speaks clearly against it, since the best of a short record is mostly luck. The "
            "errors of all are part of the result, and a planner may pin another.",
        ),
        ("planning.forecast.backtest", "planning.forecast.cho", "planning.forecast.select"),
    ),
    Topic(
        "How schools add up to areas and authorities",
        (
            "A total is forecast better than its parts, and parts that do not add up to their "
            "total help nobody. So schools, planning areas and authorities are each forecast, and "
            "then brought together: what does not agree is laid on those who have been furthest "
            "off. A limit that a planner sets on an intake comes last: whom it turns away goes to "
            "schools with room, or is told of as unplaced.",
        ),
        (
            "planning.forecast.reconcil",
            "planning.forecast.hierarchy",
            "planning.forecast.limit",
            "planning.forecast.tree",
        ),
    ),
    Topic(
        "How wide a range is",
        (
            "Errors that the method made on past years are divided by the size that is usual for "
            "so many pupils so many years ahead, and sorted; a range of 80 % leaves out the tenth "
            "at either end. No bell curve is assumed. What is usual is learnt from all years ahead "
            "together, for few forecasts of many years ahead can be compared with what came. How "
            "many outcomes the ranges have held is measured and shown beside them, each past "
            "year's ranges being made without its own errors.",
            "That a school closes is in no range: a forecast is of schools that stay open.",
            "A range is for one figure at a time: that all schools of an area lie inside theirs at "
            "once is less likely.",
        ),
        ("planning.forecast.ranges", "planning.forecast.size", "planning.forecast.spreads"),
    ),
    Topic(
        "How far off a forecast was",
        (
            "An error is the forecast less what came, as a share of what came: above zero, too "
            "many were expected. The scorecards of school places take it on an authority's total, "
            "in which schools' errors cancel out; so the errors of schools, areas and year groups "
            "are kept as well, without their sign.",
        ),
        ("planning.forecast.accuracy", "planning.accuracy", "planning.forecast.record"),
    ),
    Topic(
        "Why this forecast differs from the last",
        (
            "Each forecast is kept. The step from the last to this one is parted into births, "
            "moving, homes, transfers between schools, method and corrected data.",
        ),
        ("planning.waterfall", "planning.earlier"),
    ),
    Topic(
        "Need and spare places",
        (
            "Places that are short in one planning area or year group are no less short because "
            "others stand empty elsewhere. So need and spare are counted apart, and rounded only "
            "once they are added up.",
        ),
        ("planning.places", "planning.cost", "planning.areas"),
    ),
    Topic(
        "Which school families want",
        (
            "Families weigh the journey, who is admitted (boys, girls, faith, by test), how "
            "sought after a school is, borders, and habit. How much each counts is learnt from "
            "counts of pupils by home and school. A count hidden because it is small is taken as "
            "one of the small numbers it can be, not as nothing.",
            "The weights describe what families did, under the admissions of that time. They do "
            "not say why, nor what a family would do that could go anywhere.",
            "Where offers and last distances are published, a second fit finds what families "
            "prefer: a child is at the school that its family likes best among those that would "
            "have admitted it. Drawn years rest on that fit, catchments on where children are. "
            "A walk of up to twelve minutes is weighed by the minute, the next eight by another "
            "weight, the way beyond by the kilometre. How popular a school is stands in a "
            "constant of its own; where only a few schools are of a faith, for girls or boys, or "
            "choose by a test, their weights cannot be told from that, and their standard errors "
            "are wide. How many families are of a faith, and pass a test, is assumed.",
        ),
        ("planning.choice.model", "planning.choice.fit", "planning.choice.judging",
         "planning.choice.feature", "planning.choice.linked", "planning.choice.clearing"),
    ),
    Topic(
        "Whom schools admit",
        (
            "Every child is offered the highest of its preferences that can admit it; each school "
            "ranks those who named it by its criteria, up to its admission number. That is how "
            "coordinated admissions work, and it gives how far the last place goes, a modelled "
            "catchment, and the chance of an offer from a point.",
            "A modelled catchment is an estimate, and is no school's admission area.",
        ),
        ("planning.choice",),
    ),
    Topic(
        "How far off last distances are",
        (
            "A last distance that is modelled is compared with the one that was published. So that "
            "nothing is compared with what it was learnt from, the land is parted into squares of "
            "five kilometres, and for the schools of each fifth of them the choice is fitted "
            "without the pupils counted there and without what was published of these schools' "
            "offers. Beside it stand what is simpler: the distance of the year before, the "
            "median of the schools around in other squares, a circle with as many children as the "
            "school has places.",
            "A school that the model says is never full has no last distance: it is counted among "
            "the schools rightly or wrongly said to be full, not among the distances.",
        ),
        ("planning.choice.last_distances", "planning.choice.blocks"),
    ),
)  # fmt: skip
"""In the order of the page; of several that a module belongs to, the longest name wins."""
