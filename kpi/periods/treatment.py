"""From the month of a treatment (診療月) to the months in which its claim is reviewed and paid, and back.

A provider sends the claims of a month by the 10th of the next, in which they are reviewed (審査月). The review body bills
the insurer by the 10th of the month after that, and is paid by the 20th.
Source: the Health Insurance Claims Review & Reimbursement Services (社会保険診療報酬支払基金), 診療報酬の審査・支払業務の流れ.
A claim that is sent late, sent back or reviewed again comes later than this.
"""

from __future__ import annotations

from kpi.periods.spans import Month


def reviewed_in(treated: Month) -> Month:
    """The month in which claims for treatment in the month *treated* are reviewed: the next."""
    return treated.later(1)


def paid_in(treated: Month) -> Month:
    """The month in which the insurer is billed, and pays, for treatment in the month *treated*: the one after the review."""
    return treated.later(2)


def treated_in(reviewed: Month) -> Month:
    """The month of the treatment whose claims are reviewed in the month *reviewed*: the one before."""
    return reviewed.later(-1)
