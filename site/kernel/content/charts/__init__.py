"""Pictures of figures: pure functions that lay out marks, drawn as SVG by one template together with their table."""

from kernel.content.charts.bands import Band, bands
from kernel.content.charts.drawing import Cell, Drawing, Picture
from kernel.content.charts.load import Load, load
from kernel.content.charts.stacked import Part, stacked
from kernel.content.charts.trend import Point, trend

__all__ = ["Band", "Cell", "Drawing", "Load", "Part", "Picture", "Point", "bands", "load", "stacked", "trend"]
