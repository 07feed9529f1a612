"""The README of what is written, so that nobody takes it for real."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from simulation import answers, drawing
from simulation.office_days import AS_OF, MONTHS

TEXT: Final = """# Simulated claims / 模擬データ

**Nothing here is real.** A program drew these claims at random; branches bear the names of prefectures, and none of the
figures is a branch's. **実在のデータではありません。** 乱数で作った模擬の申請データであり、支部名は都道府県名を借りたものです。

{rows:,} claims with the seed {seed}, received from {first} to {last}, as of {as_of}: what was not paid by then has no
date of payment.

    python benchmarks/claims.py --rows {rows} --seed {seed} FOLDER

## `claims/`

One Parquet file a month of receipt, in it one row group a branch, in the order of receipt.

| column | type | meaning |
|---|---|---|
| `claim_id` | whole number | 1, 2, … |
| `branch` | text | one of 47 keys, `hokkaido` to `okinawa` |
| `received` | date | 受付日, a business day |
| `paid` | date or null | 支払日, a business day, never before `received`; null where not paid by {as_of}, and for {never_paid:.1%} that are never paid |
| `kind` | text | {kinds} |
| `amount` | whole number or null | yen; null for {amount_unknown:.1%}, where it is not known |
| `member` | whole number | the insured person; some have claims at two branches |
| `lost_qualification` | true, false or null | 資格喪失後, true for {lost:.1%}; null for {lost_unknown:.1%}, of which nobody knows |
| `voluntary_continuation` | true, false or null | 任意継続, true for {voluntary:.1%}; null for {voluntary_unknown:.1%} |
| `returned` | true or false | 返戻: returned for correction |

## `answers/`

Counted by numpy while the claims were drawn, for each branch and for `national`, all of them together. A condition that
is unknown for a claim leaves the claim out, whether it or its contrary is asked for. Business days are those after the
day of receipt, up to the day of payment: received and paid on one day is 0. Saturdays, Sundays, national holidays and
29 December to 3 January are none.

| column | meaning |
|---|---|
| `branch` | the branch, or `national` |
| `month`, `fiscal_year` | of receipt; a fiscal year is April to March |
{meanings}
| `members` | distinct members with a claim: neither months nor branches may be added up |

By fiscal year also the outcomes of three KPIs:

- `prompt_outcome`: `paid_within_{limit}_not_lost` / `paid_not_lost` = 100 %
- `returned_outcome`: `returned` / `claims` is not above the prior year's
- `mean_amount_outcome`: `injury_amount_not_voluntary` / `injury_not_voluntary` is at most {usual:,} yen, or {higher:,} yen where `injury` / `claims` is at least {large_part} %
"""


def write_readme(path: Path, rows: int, seed: int) -> None:
    """Says what was drawn, how, and what it means."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = TEXT.format(
        rows=rows,
        seed=seed,
        first=MONTHS[0],
        last=MONTHS[-1],
        as_of=AS_OF,
        kinds=", ".join(drawing.KINDS),
        never_paid=drawing.NEVER_PAID,
        amount_unknown=drawing.AMOUNT_UNKNOWN,
        lost=drawing.LOST[0],
        lost_unknown=drawing.LOST[1],
        voluntary=drawing.VOLUNTARY[0],
        voluntary_unknown=drawing.VOLUNTARY[1],
        meanings="\n".join(f"| `{name}` | {meaning} |" for name, meaning in answers.MEANINGS.items()),
        limit=answers.LIMIT,
        usual=answers.USUAL,
        higher=answers.HIGHER,
        large_part=answers.LARGE_PART,
    )
    path.write_text(text, encoding="utf-8")
