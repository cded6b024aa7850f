"""Abbreviations that are used and nowhere explained. One that looks like another is perhaps a slip (S4-03: HSCB)."""

import re

from django.utils.translation import gettext as _

from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising.oddities.passages import passages, sentence_around
from policy_pages.importing.source import Oddity

SHORT = re.compile(r"(?<![\w/&-])(?P<letters>[A-Z]{3,6})(?P<plural>s|’s|'s)?(?![\w/&-])")
#: What anybody in health and social care in England knows, and words that are written in capitals.
KNOWN = frozenset(
    "NHS NHSE GP GPS HR IT ICT ICB ICS CQC NICE DBS GMC NMC HCPC RCN RCPCH BMA BMJ MHRA HSE DHSC ICO GDPR DPA UK USA "
    "EU PDF URL WWW FAQ CEO CFO COO CIO CNO NED EDI PPE CPD TNA MAST SOP SLA KPI RAG TBC TBA NB PPI PALS CAMHS MASH "
    "LADO SCR SCRS DOLS MCA MDT AAR PSII SEND EHCP FGM CSE CCE HIV AIDS COVID MRSA ICU ITU ENT ECG MRI BLS ALS CPR "
    "DNACPR NEWS SBAR LSCB LSCP SAB PCT CCG VAT PAYE TUPE ACAS ISBN ISO BSI HTTP HTTPS HTML AND THE NOT ALL MUST "
    "SHOULD MAY YES NOTE FOR YOU DO ONLY ALWAYS NEVER FULLY PRIOR POLICY FULL TRUST WARNING STOP AED IPC ANTT IV "
    "PSIRF LFPSE PSI PSP PSS QIA EIA DPIA EQIA".split()
)
CAPITALS = 4  # neighbours in capitals: a heading, not an abbreviation


def oddities(recognised: Recognised) -> list[Oddity]:
    texts = list(passages(recognised))
    whole = "\n".join(text for _place, text in texts)
    explained = _explained(whole, recognised)
    found: dict[str, Oddity] = {}
    for place, text in texts:
        for match in SHORT.finditer(text):
            letters = match["letters"]
            if letters in found or letters in explained or _is_known(letters, explained, whole):
                continue
            if not _stands_in_capitals(text, match):
                found[letters] = Oddity("unknown_abbreviation", place, _message(letters, whole, text, match))
    return list(found.values())


def _explained(whole: str, recognised: Recognised) -> set[str]:
    """In brackets behind words, before words in brackets, or in a list of definitions."""
    found = set(re.findall(r"\(\s*[“‘\"']?([A-Z]{2,6})s?[”’\"']?\s*[),;]", whole))
    found |= set(re.findall(r"\b([A-Z]{2,6})s?\s*\((?=[A-Z]?\w+[\s-]+\w)", whole))
    found |= set(re.findall(r"\b([A-Z]{2,6})s?\s*(?:[:=–—-]|means|stands for)\s+[A-Z]?\w+", whole))
    blocks = [block for block in recognised.blocks if block.type == "definitions"]
    terms = [row["value"]["term"] for block in blocks for row in block.value["rows"]]
    return found | {word for term in terms for word in re.findall(r"[A-Z]{2,6}", term)}


def _is_known(letters: str, explained: set[str], whole: str) -> bool:
    """Known anywhere; but one that is a letter away from one that this text uses is told all the same."""
    return letters in KNOWN and not (_likeness(letters, explained, whole) and letters not in explained)


def _likeness(letters: str, explained: set[str], whole: str) -> str:
    """One that the text explains, or uses more often, and that differs in one letter."""
    used = {word for word in re.findall(r"\b[A-Z]{3,6}\b", whole)} | explained
    near = (other for other in sorted(used) if len(other) == len(letters) and _differs_once(other, letters))
    often = (other for other in near if _count(other, whole) > 2 * _count(letters, whole))
    return next(often, "") if len(letters) > 3 else ""


def _differs_once(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _count(letters: str, whole: str) -> int:
    return len(re.findall(rf"\b{letters}\b", whole))


def _stands_in_capitals(text: str, match: re.Match) -> bool:
    """Words in capitals on both sides or on one make it a word of a heading."""
    line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n")[0]
    letters = [sign for sign in line if sign.isalpha()]
    if sum(sign.isupper() for sign in letters) > 0.7 * len(letters):
        return True
    before, after = text[: match.start()].split()[-1:], text[match.end() :].split()[:1]
    return any(len(word.strip(".,:;()")) >= CAPITALS and word.isupper() for word in before + after)


def _message(letters: str, whole: str, text: str, match: re.Match) -> str:
    words = {"letters": letters, "sentence": sentence_around(text, match.start())}
    words["near"] = _likeness(letters, set(), whole)
    if words["near"]:
        return _("%(letters)s is not explained; is %(near)s meant? “%(sentence)s”") % words
    return _("%(letters)s is not explained: “%(sentence)s”") % words
