"""Every small change of the rules that a slip of the hand could make, as cosmic-ray finds them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

# A sign becomes its neighbour, never one that only breaks the program: a rate times a day is noticed by anything.
_SIGNS = [
    f"ReplaceBinaryOperator_{pair}"
    for pair in (
        "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "Mod_FloorDiv", "Pow_Mul",
        "BitOr_BitAnd", "BitAnd_BitOr",
    )
]  # fmt: skip
_COMPARISONS = [
    f"ReplaceComparisonOperator_{pair}"
    for pair in (
        "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_Gt", "LtE_GtE", "Gt_Lt", "GtE_LtE",
        "Is_IsNot", "IsNot_Is",
    )
]  # fmt: skip
_OTHERS = [
    "ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not", "AddNot", "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer", "ZeroIterationForLoop",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `path` from the root of the project, `line` from 1, `text` and `becomes` without their margin."""

    path: str
    operator: str
    occurrence: int
    line: int
    within: str
    text: str
    becomes: str

    def changed(self, code: str) -> str:
        """The whole module with the change."""
        return _changed(code, self.operator, self.occurrence)


def sample(root: Path, paths: list[str], count: int, seed: int) -> list[Mutant]:
    """So many of the mutants of these modules, the same ones for the same seed and code."""
    found = [
        (path, place)
        for path in paths
        for place in _places((root / path).read_text(encoding="utf-8"))
    ]
    Random(seed).shuffle(found)  # noqa: S311 - drawn, not secret
    return sorted(
        (_mutant(root, path, place) for path, place in found[:count]),
        key=lambda each: (each.path, each.line, each.operator, each.occurrence),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    operator: str
    occurrence: int
    line: int


def _places(code: str) -> Iterator[_Place]:
    nodes = list(ast_nodes(get_ast(code)))
    tree = ast.parse(code)
    signs, decorators = list(_signs(tree)), _decorators(tree)
    for operator in sorted(_SIGNS + _COMPARISONS + _OTHERS):
        change = get_operator(f"core/{operator}")()
        starts = (start for node in nodes for start, _ in change.mutation_positions(node))  # fmt: skip
        for occurrence, start in enumerate(starts):
            if start[0] in decorators:
                continue
            if operator not in _SIGNS or any(a <= start < b for a, b in signs):
                yield _Place(operator, occurrence, start[0])


def _decorators(tree: ast.AST) -> set[int]:
    """The lines that say how a class is made: that its values are frozen changes no figure."""
    return {
        line
        for node in ast.walk(tree)
        for each in getattr(node, "decorator_list", [])
        for line in range(each.lineno, each.end_lineno + 1)
    }


def _signs(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a sign of arithmetic stands: not the `|` of a type, nor the `*` of a signature."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield from _signs(node)
    if isinstance(tree, ast.BinOp):
        left, right = tree.left, tree.right
        assert left.end_lineno is not None
        assert left.end_col_offset is not None
        yield (
            (left.end_lineno, left.end_col_offset),
            (right.lineno, right.col_offset),
        )


def _mutant(root: Path, path: str, place: _Place) -> Mutant:
    code = (root / path).read_text(encoding="utf-8")
    before = code.splitlines()
    after = _changed(code, place.operator, place.occurrence).splitlines()
    # A `not` is put before a condition that may begin on a line of its own.
    line = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        place.line - 1,
    )
    return Mutant(
        path,
        place.operator,
        place.occurrence,
        line + 1,
        _within(ast.parse(code), line + 1),
        before[line].strip(),
        after[line].strip(),
    )


def _changed(code: str, operator: str, occurrence: int) -> str:
    changed = mutate_code(code, get_operator(f"core/{operator}")(), occurrence)
    assert isinstance(changed, str)
    return changed


def _within(tree: ast.Module, line: int) -> str:
    """The class and function around a line, as `Limit.begins`; empty for the module itself."""
    names: list[str] = []
    body: list[ast.stmt] = tree.body
    while True:
        inner = [
            node
            for node in body
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
            and node.lineno <= line <= (node.end_lineno or 0)
        ]
        if not inner:
            return ".".join(names)
        names.append(inner[0].name)
        body = inner[0].body
