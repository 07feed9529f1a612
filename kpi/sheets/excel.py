"""Workbooks of Excel and of other programs that write `.xlsx`: the one place that reads them with openpyxl."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from kpi.errors import MissingExtraError
from kpi.progress import steps
from kpi.sheets.number_formats import number_format, shows_day
from kpi.sheets.sheet import Grid
from kpi.sheets.values import day_text, text_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST: Final = 2**30
"""Bytes of all parts of a workbook together, unpacked: more is an attack, or belongs into Parquet."""
_DIGITS: Final = 15
"""Digits of a number that spreadsheet programs show and compare; what is beyond them is the noise of calculating."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_BROKEN: Final = (
    # what zipfile, the XML parsers and openpyxl raise where a file is damaged; openpyxl checks nothing of its own
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class BrokenWorkbookError(Exception):
    """The file is no workbook that can be read; it never leaves this package."""


class _Raw(NamedTuple):
    """A cell as openpyxl reads it."""

    value: object
    kind: str
    format: str


def read_workbook(data: bytes, name: str) -> list[Grid]:
    """The visible sheets of a workbook.

    Cells have their computed values; a formula that was never computed stands there as itself.

    Raises:
        BrokenWorkbookError: it cannot be read.
        MissingExtraError: openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    broken = (*_BROKEN, openpyxl.utils.exceptions.InvalidFileException, *_formula_errors())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out: drop-down lists, extensions, odd dates
        try:
            has_formulas = _check_size(data)
            values = _opened(openpyxl, data, data_only=True)
            formulas = _opened(openpyxl, data, data_only=False) if has_formulas else None
            return [_grid(sheet, formulas, name) for sheet in values.worksheets if sheet.sheet_state == "visible"]
        except broken as error:
            raise BrokenWorkbookError(str(error) or type(error).__name__) from error


def _openpyxl() -> ModuleType:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("reading workbooks needs openpyxl: pip install 'kpi[sheets]'") from None
    return openpyxl


def _formula_errors() -> tuple[type[Exception], ...]:
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import TranslatorError

    return TokenizerError, TranslatorError


def _check_size(data: bytes) -> bool:
    """Refuses what would fill the memory; tells whether any sheet has formulas."""
    with ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise BrokenWorkbookError(f"it is larger than {LARGEST // 2**20:,} MiB unpacked")
        sheets = (part for part in archive.namelist() if part.startswith("xl/worksheets/"))
        return any(_FORMULA.search(archive.read(part)) for part in sheets)


def _opened(openpyxl: ModuleType, data: bytes, *, data_only: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)  # type: ignore[no-any-return]


def _grid(sheet: Any, formulas: Workbook | None, name: str) -> Grid:  # noqa: ANN401  # a sheet that is only read has no public type
    from openpyxl.utils import get_column_letter

    shown = f"{name}[{sheet.title}]"
    total = sheet.max_row
    rows: Iterable[list[_Raw]] = _raw_rows(sheet)
    if formulas is not None:
        rows = map(_with_formulas, rows, _raw_rows(formulas[sheet.title]))
    numbered = enumerate(steps(rows, "reading", total, shown), start=1)
    texts = [
        (number, cells) for number, cells in ((number, [*map(_text, row)]) for number, row in numbered) if any(cells)
    ]
    return Grid(shown, sheet.title, texts, lambda row, column: f"{get_column_letter(column)}{row}", len(texts))


def _raw_rows(sheet: Any) -> Iterator[list[_Raw]]:  # noqa: ANN401  # the same
    sheet.reset_dimensions()  # a sheet whose last column was coloured once claims to be 16,384 wide
    for row in sheet.iter_rows():
        yield [_Raw(cell.value, cell.data_type, cell.number_format or "General") for cell in row]


def _with_formulas(values: list[_Raw], formulas: list[_Raw]) -> list[_Raw]:
    """The values, and the formula where it has none. A computed blank is of the type `str`."""
    return [
        formula if value.value is None and value.kind != "str" and formula.kind == "f" else value
        for value, formula in zip_longest(values, formulas, fillvalue=_Raw(None, "n", "General"))
    ]


def _text(raw: _Raw) -> str:
    value = raw.value
    if value is None:
        return ""
    if raw.kind == "f":
        return str(getattr(value, "text", value))  # an array formula is an object
    if isinstance(value, str | bool):
        return text_of(value)
    if isinstance(value, int | float):
        return _number_text(value, raw.format)
    if isinstance(value, date) and not shows_day(raw.format):
        return f"{value:%Y-%m}"
    return str(value) if isinstance(value, timedelta) or not isinstance(value, date) else day_text(value)


@lru_cache(maxsize=4096)
def _number_text(value: float, code: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    return number_format(code, number).text(number) if number.is_finite() else ""
