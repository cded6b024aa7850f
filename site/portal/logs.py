import logging
import traceback


class TraceFormatter(logging.Formatter):
    """Traces without the error's own words: those may carry what a person typed."""

    def formatException(self, ei):
        error, parts = ei[1], []
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\ncaused by\n".join(parts)
