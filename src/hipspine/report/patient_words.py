"""What a patient is told in plain words: of a family of sources, of a treatment, of alarm signs.

Our own words, for a reading grade of eight or less. They say nothing of this patient that a
clinician has not confirmed, and no chances.
"""

from collections.abc import Collection
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_care import ExercisePhase
from hipspine.plan.exercise import programme_for
from hipspine.plan.model import PlanItem
from hipspine.wording import Wording

Family = Literal[
    "root", "canal", "back", "sacroiliac", "hip", "around_hip", "nerve", "soon", "inside",
    "inflamed", "pain_system",
]  # fmt: skip

#: By the category of `conditions.csv`; some ids say it more closely.
_BY_CATEGORY: dict[str, Family] = {
    "spine": "back",
    "si_joint": "sacroiliac",
    "hip_intraarticular": "hip",
    "hip_extraarticular": "around_hip",
    "nerve_entrapment": "nerve",
    "serious": "soon",
    "visceral": "inside",
    "inflammatory": "inflamed",
    "pain_mechanism": "pain_system",
}
_BY_ID: dict[str, Family] = {
    "lumbar_spinal_stenosis": "canal",
    "lumbar_synovial_cyst": "root",
    "lumbosacral_plexopathy": "nerve",
}

#: What it is.
FOUND: dict[Family, Wording] = {
    "root": Wording(
        "A nerve that leaves your low back is sore or pressed. It runs down your leg. So you can "
        "feel the pain far from your back."
    ),
    "canal": Wording(
        "The space for the nerves in your low back is tight. Your legs can hurt or feel weak when "
        "you stand or walk. Sitting or leaning forward gives the nerves more room."
    ),
    "back": Wording(
        "The pain starts in your low back. You can also feel it in your buttock, hip or thigh."
    ),
    "sacroiliac": Wording(
        "There is a joint at the back of your pelvis, where your spine meets it. This joint is "
        "sore. You can feel the pain in your buttock, hip or thigh."
    ),
    "hip": Wording(
        "The pain starts in your hip joint, where the ball of the leg bone sits in its socket. "
        "You can feel it in your groin, buttock, thigh or knee."
    ),
    "around_hip": Wording(
        "The pain starts in the muscles and tendons around your hip, not deep in the joint. These "
        "parts get sore when they carry more than they are used to."
    ),
    "nerve": Wording(
        "A nerve outside your spine is sore or pressed. It can burn, tingle or feel numb along its "
        "path."
    ),
    "soon": Wording(
        "This needs care soon. Your care team will tell you what happens next. Ask when and where."
    ),
    "inside": Wording(
        "The pain does not start in your spine or hip. It comes from another part of your body and "
        "is felt there. It needs its own care."
    ),
    "inflamed": Wording(
        "Parts of your body are inflamed. That makes them sore and stiff, often most in the "
        "morning."
    ),
    "pain_system": Wording(
        "Your nerves send pain signals too strongly. The pain is real, even when no part is "
        "damaged."
    ),
}

#: What it means for the hips.
HIPS: dict[Family, Wording] = {
    "root": Wording("Pain at the hip can come from a nerve in your back."),
    "canal": Wording("Tired legs change how you walk, and that can tire your hips too."),
    "back": Wording("Pain at the hip can come from your back."),
    "sacroiliac": Wording("Pain at the hip can come from the joint at the back of your pelvis."),
    "hip": Wording(
        "Strong muscles around your hip take load off the joint. Short walks, with rests, are "
        "better than none."
    ),
    "around_hip": Wording(
        "Do not lie on the sore side, cross your legs or hang on one hip. Let the load on the "
        "tendons grow slowly."
    ),
    "nerve": Wording("Avoid what presses on the nerve, such as a tight belt or long sitting."),
    "soon": Wording("Ask how much weight you may put on your leg."),
    "inside": Wording("Your hips and back may hurt although the cause is elsewhere."),
    "inflamed": Wording("Tell your care team if a hip gets stiff or sore in the groin."),
    "pain_system": Wording("Your hips can hurt and still be safe to move."),
}
#: True of everyone who favours one side.
EVEN = Wording(
    "When one side hurts, people lean on the other side. Then the other hip carries more. Try to "
    "stand and walk evenly, as far as the pain lets you."
)

#: Signs for which nobody should wait, in plain words.
ALARM = (
    Wording("You cannot pass urine, or you leak urine or stool."),
    Wording("You are numb between your legs or around your bottom."),
    Wording("A leg or foot gets weak, or a weak one gets worse."),
    Wording("You have fever or chills, and your back or hip hurts."),
    Wording("You fell, or felt a crack, and cannot stand on your leg."),
    Wording("Your leg is cold and pale, or swollen, hot and red."),
    Wording("You have sudden strong pain in your belly or back and feel faint."),
    Wording("Your chest hurts, or you are short of breath."),
)
#: Signs for which to call the clinic.
CALL = (
    Wording("The pain gets worse, or wakes you every night."),
    Wording("You have new pain in your groin when you walk or stand."),
    Wording("You lose weight without trying, or you feel ill."),
    Wording("A medicine makes you feel unwell. Do not stop steroids by yourself."),
)

#: Treatments that a person does at home, whose lines in the plan are written for a person.
AT_HOME = ("posture_training", "weight_loss", "cane", "shoe_lift")
#: The one whose lines are the programmes of the sources that were confirmed.
EXERCISES = "exercise_pt"
#: How the plan begins a line that comes from a simulation.
SIMULATED = "in the simulation: {change}"
EXERCISE = (
    Wording("Start slowly. A little soreness is fine. It should be gone by the next day."),
    Wording("If it hurts more the next day, do less, but do not stop."),
)
#: Treatments done with a needle or in an operating room, by parts of their ids.
NEEDLES = (
    *("inj", "esi_", "mbb", "rfa", "bvna", "scs", "prp", "stem_cell", "facet_ia", "ia_hip", "tpi"),
    *("surgery", "arthroplasty", "decompression", "block", "ablation"),
)
BEFORE_A_NEEDLE = Wording(
    "Before an injection or a procedure, tell your care team about all your medicines, above all "
    "blood thinners. Also tell them if you are allergic, sick or may be pregnant."
)


def family_of(condition: str) -> Family:
    """The family of a source; what cannot wait is a family of its own."""
    row = evidence().conditions[condition]
    if row.seriousness in ("emergency", "urgent") and row.category != "nerve_entrapment":
        return "soon"
    if condition.startswith("radiculopathy_"):
        return "root"
    return _BY_ID.get(condition, _BY_CATEGORY[row.category])


def how_at_home(item: PlanItem, confirmed: Collection[str]) -> tuple[str, ...]:
    """How a treatment is done at home; empty for what is done elsewhere.

    Exercises are those of the confirmed sources alone: the plan's own lines name others too. What
    was simulated for a posture is for the clinician.
    """
    if item.treatment == EXERCISES:
        return tuple(
            dict.fromkeys(
                _exercise(phase)
                for source in confirmed
                for leaf in evidence().members(source)
                for phase in programme_for(leaf)
            )
        )
    if item.treatment not in AT_HOME:
        return ()
    return tuple(line for line in item.how if not _simulated(line))


def _simulated(line: str) -> bool:
    return isinstance(line, Wording) and line.template == SIMULATED


def _exercise(phase: ExercisePhase) -> str:
    """One phase in plain words: weeks, what, how often."""
    first = Wording(
        "Weeks {first} to {last}: {exercise}.",
        first=phase.from_week,
        last=phase.to_week,
        exercise=phase.exercise,
    )
    if not phase.sets or not phase.repetitions:
        return first
    often = Wording(
        "{first} Do {sets} sets of {reps}.",
        first=first,
        sets=_range(phase.sets),
        reps=_range(phase.repetitions),
    )
    if phase.days_a_week is None:
        return often
    return Wording("{first} On {days:.0f} days a week.", first=often, days=phase.days_a_week)


def _range(cells: tuple[str, ...]) -> str:
    return cells[0] if len(cells) == 1 else Wording("{low} to {high}", low=cells[0], high=cells[1])


def with_needle(treatment: str) -> bool:
    return any(part in treatment for part in NEEDLES)
