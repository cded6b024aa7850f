"""Spreadsheets that do nothing when opened: for registers, reports and every export of ours."""

import csv
import re
from collections.abc import Iterable

from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from wagtail.admin.views.mixins import Echo, ExcelDateFormatter, SpreadsheetExportMixin

STARTS_A_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576


def clean_text(value):
    """Text without the control characters that lose a whole workbook; what is no text stays as it is."""
    return NOT_IN_XML.sub("", str(value)) if isinstance(value, str | Promise) else value


def neutralise_csv(value):
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    value = clean_text(value)
    return f"'{value}" if isinstance(value, str) and STARTS_A_FORMULA.match(value) else value


def neutralise_xlsx(value):
    """Text as Excel can hold it; what is too long is cut, and says so at its end."""
    value = clean_text(value)
    if not isinstance(value, str) or len(value) <= LONGEST_CELL:
        return value
    told = _(" [cut here: the text has %(letters)d letters]") % {"letters": len(value)}
    return value[: LONGEST_CELL - len(told)] + told


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Put before any view of Wagtail or modeladmin that exports."""

    most_rows = MOST_ROWS

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return neutralise_csv(value) if export_format == self.FORMAT_CSV else neutralise_xlsx(value)

    def _headings(self, queryset) -> list[str]:
        return [force_str(self.get_heading(queryset, field)) for field in self.list_export]

    def stream_csv(self, queryset):
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export)
        headings = (neutralise_csv(heading) for heading in self._headings(queryset))
        yield writer.writerow(dict(zip(self.list_export, headings, strict=True)))
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))

    def write_xlsx(self, queryset, output):
        """One sheet, or as many as the rows need; each names its part and repeats the headings."""
        workbook = Workbook(write_only=True, iso_dates=True)
        headings, date_format, sheet = self._headings(queryset), ExcelDateFormatter().get(), None
        for place, item in enumerate(queryset):
            if place % (self.most_rows - 1) == 0:
                sheet = self._sheet(workbook, headings)
            sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(item), date_format=date_format))
        if sheet is None:
            self._sheet(workbook, headings)
        workbook.save(output)

    def _sheet(self, workbook, headings: Iterable[str]):
        number = len(workbook.worksheets) + 1
        sheet = workbook.create_sheet(title=_("Part %(number)d") % {"number": number})
        cells = [WriteOnlyCell(sheet, neutralise_xlsx(heading)) for heading in headings]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
        return sheet
