"""Traces with OpenTelemetry, off unless MEEDOEN_TRACES_URL names a collector.

A trace goes gateway → Rasa → actions and answers. Rasa does not know of it: the number travels as `traceparent`
(W3C Trace Context) in the metadata of a message, which Rasa sends along to `/webhook` and `/nlg`. Spans hold a route,
a status and times, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

HEADER = "traceparent"


class Traces:
    """Spans, or nothing at all when there is no provider."""

    def __init__(self, provider: TracerProvider | None = None) -> None:
        self._provider = provider
        self._tracer: Tracer | None = provider.get_tracer("meedoen") if provider else None

    @classmethod
    def to(cls, url: str) -> Traces:
        """Send traces to the OTLP address of a collector (http://host:4318/v1/traces); empty = no traces."""
        if not url:
            return cls()
        # only now: these imports cost a quarter of a second and 20 MB
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        provider = TracerProvider(resource=Resource({"service.name": "meedoen"}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
        return cls(provider)

    @property
    def on(self) -> bool:
        """Whether spans are made."""
        return self._tracer is not None

    @contextmanager
    def span(self, name: str, incoming: str | None = None) -> Iterator[Any]:
        """Make a span around a block, as part of the trace that `incoming` (a traceparent) names; yields it or None."""
        if self._tracer is None:
            yield None
            return
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        parent = TraceContextTextMapPropagator().extract({HEADER: incoming}) if incoming else None
        # record_exception off: the words of an error may hold what somebody said
        with self._tracer.start_as_current_span(name, context=parent, record_exception=False) as span:
            yield span

    def outgoing(self) -> dict[str, str]:
        """Return what is sent along to the next process: the traceparent of the current span, or nothing."""
        if self._tracer is None:
            return {}
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        carrier: dict[str, str] = {}
        TraceContextTextMapPropagator().inject(carrier)
        return {HEADER: carrier[HEADER]} if HEADER in carrier else {}

    def close(self) -> None:
        """Send what is left."""
        if self._provider:
            self._provider.shutdown()


def traceparent_in(body: Mapping[str, Any]) -> str | None:
    """Return the traceparent that Rasa sends back in a call to `/webhook` or `/nlg`, or None."""
    latest = (body.get("tracker") or {}).get("latest_message") or {}
    value = (latest.get("metadata") or {}).get(HEADER)
    return value if isinstance(value, str) else None
