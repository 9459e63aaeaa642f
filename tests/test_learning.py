"""The fits find what examples were made of."""

import math

import pytest

from creditdesk import learning


def test_without_any_difference_a_logistic_fit_says_the_share() -> None:
    fit = learning.logistic([[1.0]] * 8, [True, True, *[False] * 6], [1.0] * 8)
    assert fit.chances([[1.0], [1.0]]) == pytest.approx([0.25, 0.25])
    # An example that counts twice is as two.
    fit = learning.logistic([[1.0]] * 3, [True, False, False], [2.0, 1.0, 1.0])
    assert fit.chances([[1.0]]) == pytest.approx([0.5])


def test_a_logistic_fit_leans_with_what_happened_and_says_how_much_each_figure_adds() -> (
    None
):
    examples = [[float(each), 1.0] for each in range(200)]
    fit = learning.logistic(examples, [each >= 100 for each in range(200)], [1.0] * 200)
    low, middle, high = fit.chances([[0.0, 1.0], [99.5, 1.0], [199.0, 1.0]])
    assert low < 0.05
    assert middle == pytest.approx(0.5)
    assert high > 0.95
    first, second = fit.shares([199.0, 1.0])
    assert second == 0
    assert first + fit.weights[0] == pytest.approx(math.log(high / (1 - high)))


def test_a_linear_fit_finds_the_line_but_for_its_ridge() -> None:
    examples = [[float(each)] for each in range(1000)]
    fit = learning.linear(examples, [2.0 * each + 5 for each in range(1000)], [1.0] * 1000)  # fmt: skip
    assert fit.scores([[499.5]])[0] == pytest.approx(1004)
    assert fit.scores([[100.0]])[0] == pytest.approx(205, rel=0.02)
