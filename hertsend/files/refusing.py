"""What a person reads whose file is not kept; each sentence says what to do."""

from hertsend.errors import RuleBroken

KEPT = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods), PNG, JPEG, "
    "text and CSV"
)
NOT_KEPT = f"This is not a kind of file that is kept. Kept are {KEPT}."
NOT_A_DOCUMENT = (
    "This is an archive, or a document of a kind that is not kept. Send the documents one by one."
)
IS_EMPTY = "The file is empty. Choose the file again."
IS_DAMAGED = "The file is damaged or is not what it seems. Save it anew and send that."
IS_LOCKED = "The file is protected by a password. Save it without one and send that."
IS_OLD_OR_LOCKED = (
    "The file is protected by a password or in an old Office format. Save it without a password as "
    ".docx, .xlsx or .pptx, or as a PDF."
)
HAS_MACROS = "The file holds macros or programs. Save it without them and send that."
IS_ACTIVE = (
    "The PDF holds programs, forms or attached files. Print it to a plain PDF and send that."
)


def refusal(sentence: str) -> RuleBroken:
    """A refusal that lands beside the field of the file."""
    return RuleBroken({"file": [sentence]})
