"""Charts of the annual review, as spreadsheet programs draw them; the values lie beside them for mere viewers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.chart import BarChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties

_COLOURS: Final = ("0F6A8B", "D9A441", "B9D5E2", "8A93A0")
_WIDE, _HIGH = 24, 7
"""Centimetres."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A series: its name, where its values are, and the values."""

    title: str
    place: str
    values: Sequence[float]


def bars(
    title: str,
    names: tuple[str, Sequence[str]],
    series: Sequence[Bars],
    *,
    stacked: bool = False,
    flat: bool = False,
) -> ChartBase:
    """Bars over names, which are given by their place and as texts. `flat`: lying."""
    chart = BarChart()
    chart.type = "bar" if flat else "col"
    chart.title = title
    chart.width, chart.height = _WIDE, _HIGH
    chart.gapWidth = 60
    chart.legend.position = "b"
    if len(series) == 1:
        chart.legend = None
    if stacked:
        chart.grouping, chart.overlap = "stacked", 100
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
    chart.y_axis.number_format = "#,##0"
    if flat:
        chart.x_axis.scaling.orientation = "maxMin"
    place, texts = names
    for number, each in enumerate(series):
        made = Series(idx=number, order=number)
        made.tx = SeriesLabel(v=each.title)
        made.val = NumDataSource(numRef=_numbers(each))
        made.cat = AxDataSource(strRef=_texts(place, texts))
        made.graphicalProperties = GraphicalProperties(solidFill=_COLOURS[number])
        chart.series.append(made)
    if len(series) == 1:
        chart.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False
        )
    return chart


def _numbers(each: Bars) -> NumRef:
    points = [NumVal(idx=at, v=value) for at, value in enumerate(each.values)]
    return NumRef(f=each.place, numCache=NumData(formatCode="General", ptCount=len(points), pt=points))  # fmt: skip


def _texts(place: str, texts: Sequence[str]) -> StrRef:
    points = [StrVal(idx=at, v=text) for at, text in enumerate(texts)]
    return StrRef(f=place, strCache=StrData(ptCount=len(points), pt=points))
