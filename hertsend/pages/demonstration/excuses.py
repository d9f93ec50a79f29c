"""Invented words for exceptions, challenges and requests for new dates."""

CAUSES = (
    "Two of the four specialist posts are vacant, and the second advert closed without a short list.",
    "The health trust's approval came five weeks late, so the work behind it began late.",
    "The supplier's first version lost data on transfer and had to be sent back.",
    "Schools asked for another round of comments before they commit to it.",
    "The officer who led this left in June; the hand-over took longer than planned.",
)
EFFECTS = (
    "Families wait about six weeks longer for a first appointment.",
    "Parents and carers are still asked for the same information twice.",
    "Families do not notice it yet: what exists today goes on until this is ready.",
    "About forty children keep their present support without the review that was promised.",
    "Families who call the helpline are told of a date that we no longer keep.",
)
DOING = (
    "Agency staff cover the vacancies from this month, and interviews are booked.",
    "The director has agreed a weekly call with the trust until it is done.",
    "A smaller first version goes live, and the rest follows in two steps.",
    "The two open points were taken out and are settled on their own.",
    "The new lead has a plan for twelve weeks, looked at every Friday.",
)
ASKS = (
    ("none", ""),
    ("none", ""),
    ("information", "That the first families will be invited from next month."),
    ("help", "A word from the board to the trust's director, so that the approval has a date."),
    ("help", "Two months of a project officer from another workstream."),
    ("decision", "Whether the smaller first version is enough for the board."),
)
EFFECTS_ON_OTHERS = (
    "None: nothing else waits for it.",
    "The review of impact that follows can begin a month later without harm.",
    "Training can begin with the draft, so its dates stay.",
)
REASON = "The posts are filled only now. The plan behind the new date was agreed with all partners."
REFUSAL = (
    "The reasons were known in spring and no plan stands behind the new date. Catch up first, and "
    "tell the board next month how."
)
GRANT = "The reasons are sound and the new date has a plan behind it."
UNDATED = "The plan gives no day. The work has begun, and partners need one to plan with."
QUESTIONS = (
    "This was four weeks from done in July. What has changed since?",
    "How many families are affected today, and who tells them?",
    "Which of the partners has not done its part, and has it been asked in writing?",
)
LATER_QUESTIONS = (
    "The report says the same as last month. What was done in these four weeks?",
    "Is the smaller first version what families were promised?",
)
ANSWER = (
    "The approval came on 12 September. Of the open points two are settled; the last is with the "
    "trust, which has promised its answer by the end of the month."
)
LATER_ANSWER = "Yes, in all but one point, which families helped us to put off until spring."
DIVE = "Why the dates of this action move each month, and what would have to be true for the next."
FOUND = (
    "Two posts are vacant and one partner has no named contact. Both were put right in the meeting; "
    "the board sees the figures again in November."
)
ESCALATION = (
    "Two months without movement, and the partner that has to act does not sit on the board."
)
LATER_ESCALATION = (
    "Late since spring, refused a new date in September, and the report repeats itself."
)
RESPONSE = "The Executive has spoken to the trust. Its director reports to the next meeting."
WHO_ACTS = "The trust's director of operations, by 25 October 2024"
