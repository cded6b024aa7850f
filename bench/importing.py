"""What it takes to read a document in: 70 kB of plain text, and a Word file of 30,000 words with 25 tables.

Each repeat is a process of its own, so that its most memory is its own too.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3
TEXT_BYTES = 70_000
WHOLE = "30,000 words in Word, 25 tables"
READ = """
import json, sys, time
from io import BytesIO
import django
django.setup()
from policy_pages.importing import opening
from policy_pages.importing.receipt import receipt_of
from policy_pages.importing.recognising import recognise
content = open(sys.argv[1], "rb").read()
begin = time.perf_counter()
source = opening.read(BytesIO(content), sys.argv[1])
receipt = receipt_of(source, recognise(source))
seconds = time.perf_counter() - begin
most = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
whole = not receipt["lost"] and receipt["words_in"] == receipt["words_out"]
print(json.dumps({"s": seconds, "MB": most / 1024, "words": receipt["words_in"], "whole": whole}))
"""


def measure(folder: Path) -> dict[str, list[dict]]:
    """Seconds, most memory in MB and words of every repeat, by label; a document that lost a word does not count."""
    from tests.factories.word import long_policy  # noqa: PLC0415  Django is set up by now

    files = {"70 kB of plain text": folder / "text.txt", WHOLE: folder / "long.docx"}
    files["70 kB of plain text"].write_text(_text())
    files[WHOLE].write_bytes(long_policy())
    return {label: [_read(path) for _repeat in range(REPEATS)] for label, path in files.items()}


def _text() -> str:
    """Sections of ten clauses, until there is enough."""
    lines, size, section = ["Lifting and handling policy"], 0, 0
    while size < TEXT_BYTES:
        section += 1
        lines.append(f"{section}.0 PART {section}")
        lines += [f"{section}.{clause} {_sentence(section, clause)}" for clause in range(1, 11)]
        size = sum(len(line) + 2 for line in lines)
    return "\n\n".join(lines)


def _sentence(section: int, clause: int) -> str:
    return (
        f"Staff of team {section} must lift with aid number {clause}, and should ask a colleague when the load is "
        "heavier than the plan of care says; they may stop at any time and say why."
    )


def _read(path: Path) -> dict:
    words = [sys.executable, "-c", READ, str(path)]
    found = json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    if not found["whole"]:
        raise RuntimeError(f"{path.name} lost words")
    return found
