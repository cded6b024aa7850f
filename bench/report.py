"""Turn what a run found into the rows of RESULTS.md: ratios first, absolute figures in brackets, target, verdict."""

import statistics
from datetime import UTC, datetime
from pathlib import Path

HEAD = """# Results of the bench

Newest last. Only ratios inside one run count; the figures in brackets show their size.
"""
WANTED = {
    "policy": ("plain", 2.5),
    "public": ("plain", 5.0),
    "library": ("plain list", 2.0),
    "register": ("plain list", 2.0),
}
MOST_QUERIES = {"policy": 6}
SIZES, PLACES = ("1", "3", "200", "2000"), "1, 3, 200, 2,000"
CHANGES_MS = {"120 clauses": 50, "7,320 words in one clause": 1000}
MOST_IMPORT_S, MOST_IMPORT_MB = {"70 kB of plain text": 2, "30,000 words in Word, 25 tables": 20}, 400
MOST_SEARCH_MS = {"postgresql": 20, "sqlite": 40}
MOST_MS, MOST_MORE, MOST_BYTES, DRIFT = 150, 40, 150_000, 0.10


def write(found: dict, *, database: str, commit: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    rows = [
        f"\n## {day}, {commit}, {database}\n",
        "| what | ratio | figures: median (least to most) | target | |",
        "|---|---|---|---|---|",
        *_floors(found["rounds"]),
        *[row for label in WANTED for row in _page(found["rounds"], label)],
        *_queries(found["queries"]),
        *_growth(found["growth"]),
        *_issue(found["issue"]),
        *_changes(found["changes"]),
        *_import(found["import"]),
        *_finding(found["finding"], database),
        _weight(found["weight"]),
    ]
    return "\n".join(rows) + "\n"


def append(path: Path, text: str) -> None:
    before = path.read_text() if path.exists() else HEAD
    path.write_text(before + text)


def _row(*cells) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _met(met: bool) -> str:
    return "met" if met else "**missed**"


def _spread(values, digits=0) -> str:
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def _each(rounds, label, figure) -> list[float]:
    """One figure a round; a floor that was asked for twice in a round counts with the mean of the two."""
    return [statistics.mean(asked[figure] for asked in one[label]) for one in rounds]


def _figures(rounds, label) -> str:
    rates, times, cpu = (_each(rounds, label, figure) for figure in ("rate", "ms", "cpu"))
    return f"[{_spread(rates)} req/s, {_spread(times, 2)} ms, CPU {_spread(cpu, 2)} ms]"


def _ratios(ours, theirs) -> list[float]:
    return [one / other if other else 0.0 for one, other in zip(ours, theirs, strict=True)]


def _floors(rounds) -> list[str]:
    rows = [
        _row(f"floor: {label}", "", _figures(rounds, label), "", "")
        for label in ("constant", "plain", "plain signed in", "plain list")
    ]
    for label in ("constant", "plain"):
        firsts = statistics.median(one[label][0]["rate"] for one in rounds)
        lasts = statistics.median(one[label][1]["rate"] for one in rounds)
        drift = abs(firsts - lasts) / firsts
        rows.append(_row(f"{label}, first and last", f"{drift:.0%} apart", "", "10 %", _met(drift <= DRIFT)))
    return rows


def _page(rounds, label) -> list[str]:
    floor, wanted = WANTED[label]
    ratios = _ratios(_each(rounds, label, "rate"), _each(rounds, floor, "rate"))
    cpu = _ratios(_each(rounds, floor, "cpu"), _each(rounds, label, "cpu"))
    met = statistics.median(ratios) >= wanted
    what = f"{label} beside {floor}"
    return [
        _row(what, _spread(ratios, 2), _figures(rounds, label), f"{wanted} times", _met(met)),
        _row(f"{what}, by the server's CPU", _spread(cpu, 2), "", "", ""),
    ]


def _queries(counts) -> list[str]:
    rows = []
    for label in counts["1"]:
        by_size = [counts[size][label] for size in SIZES]
        most = MOST_QUERIES.get(label)
        met = len(set(by_size)) == 1 and (most is None or by_size[-1] <= most)
        target = f"constant, at most {most}" if most else "constant"
        rows.append(_row(f"queries: {label}, at {PLACES}", "", by_size, target, _met(met)))
    stock = {label: counts["2000"][label] for label in ("plain", "plain list")}
    rows.append(_row("queries: stock", "", stock, "", ""))
    return rows


def _growth(growth) -> list[str]:
    """Processor time of one request in one process."""
    rows = []
    for label in growth["200"]:
        times, counts = ([growth[size][label][name] for size in growth] for name in ("ms", "queries"))
        cells = f"[{', '.join(f'{ms:.1f}' for ms in times)} ms of CPU; {', '.join(map(str, counts))} queries]"
        same = _met(len(set(counts)) == 1)
        rows.append(
            _row(
                f"{label}, at 200, 2,000, 10,000",
                f"{times[-1] / times[0]:.1f}",
                cells,
                "constant queries",
                same,
            )
        )
    return rows


def _issue(issue) -> list[str]:
    rows = []
    for clauses, pair in issue.items():
        ours, stock = pair["ours"], pair["stock"]
        ratios = _ratios(ours["ms"], stock["ms"])
        figures = (
            f"[{_spread(ours['ms'])} ms, CPU {_spread(ours['cpu'])} ms; "
            f"stock {_spread(stock['ms'])} ms, CPU {_spread(stock['cpu'])} ms]"
        )
        middle = statistics.median(ours["ms"])
        rows.append(
            _row(
                f"issue, {clauses} clauses",
                _spread(ratios, 2),
                figures,
                f"under {MOST_MS} ms",
                _met(middle < MOST_MS),
            )
        )
        more = ours["queries"] - stock["queries"]
        cells = f"{ours['queries']}; stock {stock['queries']}; {more} more"
        rows.append(
            _row(
                f"queries of that, {clauses} clauses", "", cells, f"{MOST_MORE} more", _met(more <= MOST_MORE)
            )
        )
    counts = {pair["ours"]["queries"] for pair in issue.values()}
    rows.append(
        _row("queries of the issue by clauses", "", sorted(counts), "constant", _met(len(counts) == 1))
    )
    return rows


def _import(found) -> list[str]:
    rows = []
    for label, repeats in found.items():
        seconds, memory = [one["s"] for one in repeats], [one["MB"] for one in repeats]
        figures = f"[{_spread(seconds, 2)} s; {_spread(memory, 0)} MB; {repeats[0]['words']:,} words]"
        met = statistics.median(seconds) < MOST_IMPORT_S[label] and max(memory) < MOST_IMPORT_MB
        target = f"under {MOST_IMPORT_S[label]} s and {MOST_IMPORT_MB} MB"
        rows.append(_row(f"import, {label}", "", figures, target, _met(met)))
    return rows


def _changes(found) -> list[str]:
    return [
        _row(
            f"what changed, {label}",
            "",
            f"[{_spread(times, 1)} ms]",
            f"under {CHANGES_MS[label]} ms" if label in CHANGES_MS else "",
            _met(statistics.median(times) < CHANGES_MS[label]) if label in CHANGES_MS else "",
        )
        for label, times in found.items()
    ]


def _finding(found, database) -> list[str]:
    """At most so many milliseconds of the search; the rest is for comparison."""
    rows, most = [], MOST_SEARCH_MS[database]
    for label, one in found["search"].items():
        ratios = [ours / stock for ours, stock in zip(one["ours"]["ms"], one["stock"]["ms"], strict=True)]
        spreads = {name: _spread(times["ms"], 1) for name, times in one.items()}
        figures = f"[{spreads['ours']} ms; titles {spreads['titles']} ms; stock {spreads['stock']} ms]"
        met = statistics.median(one["ours"]["ms"]) <= most
        name = f"search over {found['entries']:,} clauses, {label}, beside stock"
        rows.append(_row(name, _spread(ratios, 2), figures, f"at most {most} ms", _met(met)))
    for label, one in found["register"].items():
        rows.append(_row(f"rows of the register {label}", "", f"[{_spread(one['ms'], 1)} ms]", "", ""))
    for label, one in found["duties"].items():
        name = f"my duties among {found['duty entries']:,}, {label}"
        rows.append(_row(name, one["queries"], f"[{_spread(one['ms'], 1)} ms]", "", ""))
    return rows


def _weight(weight) -> str:
    total = sum(weight.values())
    parts = ", ".join(f"{name} {size}" for name, size in weight.items())
    return _row("weight, compressed", "", f"{total} bytes ({parts})", "150 kB", _met(total < MOST_BYTES))
