"""The expression engines that `scalar.py` measures: each makes a function of one row out of an expression.

An engine that is not installed is left out by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

Row = Mapping[str, Any]
Function = Callable[[Row], object]


class Engine:
    """One engine: its name on the package index, how it writes `and`, `or` and a choice, and the numbers it takes."""

    def __init__(self, package: str, module: str, choice: str, joined: tuple[str, str], number: type) -> None:
        self.package = package
        self.module = module
        self.choice = choice
        self.and_, self.or_ = joined
        self.number = number

    def function(self, expression: str) -> Function:
        """The expression, prepared as far as the engine allows."""
        build: Callable[[ModuleType, str], Function] = globals()[f"_{self.module}"]
        return build(import_module(self.module), expression)


def _simpleeval(library: ModuleType, expression: str) -> Function:
    evaluator = library.SimpleEval()
    parsed = evaluator.parse(expression)

    def evaluate(row: Row) -> object:
        evaluator.names = row
        return evaluator.eval(expression, previously_parsed=parsed)

    return evaluate


def _rule_engine(library: ModuleType, expression: str) -> Function:
    evaluate: Function = library.Rule(expression).evaluate
    return evaluate


def _celpy(library: ModuleType, expression: str) -> Function:
    environment = library.Environment()
    program = environment.program(environment.compile(expression))
    double = library.celtypes.DoubleType
    return lambda row: program.evaluate({name: double(value) for name, value in row.items()})


def _cel(library: ModuleType, expression: str) -> Function:
    evaluate: Function = library.compile(expression).execute
    return evaluate


def _py_expression_eval(library: ModuleType, expression: str) -> Function:
    evaluate: Function = library.Parser().parse(expression).evaluate
    return evaluate


WORDS, SIGNS = ("and", "or"), ("&&", "||")
ENGINES = (
    Engine("simpleeval", "simpleeval", "({then}) if {condition} else ({otherwise})", WORDS, int),
    Engine("rule-engine", "rule_engine", "{condition} ? ({then}) : ({otherwise})", WORDS, int),
    Engine("cel-python", "celpy", "{condition} ? ({then}) : ({otherwise})", SIGNS, float),
    Engine("common-expression-language", "cel", "{condition} ? ({then}) : ({otherwise})", SIGNS, float),
    Engine("py-expression-eval", "py_expression_eval", "if({condition}, {then}, {otherwise})", WORDS, int),
)


def installed() -> Iterator[Engine]:
    """The engines that are there; the others are named."""
    for engine in ENGINES:
        try:
            import_module(engine.module)
        except ImportError:
            print(f"not installed: {engine.package}")
        else:
            yield engine
