import type { IncomingMessage } from 'node:http';
import { SpanKind, SpanStatusCode, trace, ROOT_CONTEXT, type Tracer } from '@opentelemetry/api';
import { interactionIdOf } from '../interaction-id.js';
import type { Outcome } from './observer.js';
import { readTraceParent, writeTraceParent } from './trace-parent.js';

/** One request as part of a trace. */
export interface TracedRequest {
  /** What calls on its behalf carry on. */
  readonly traceParent: string;
  end(outcome: Outcome): void;
}

export interface Tracing {
  begin(request: IncomingMessage): TracedRequest;
  /** Sends what was not sent yet. */
  stop(): Promise<void>;
}

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

/**
 * Traces by OTLP over HTTP, where OpenTelemetry's own variables name a collector; otherwise nothing is even
 * loaded. A span is named by its route and joined by the interaction id; it carries no address, no path with
 * ids and no text (T-30).
 */
export async function startTracing(
  server: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Tracing | undefined> {
  if (!ENDPOINTS.some((name) => environment[name])) return undefined;
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
  const provider = new TracerProvider({ spanProcessors: [processor] });
  return tracingBy(provider.getTracer(`renkei-${server}`), () => provider.shutdown());
}

export const tracingBy = (tracer: Tracer, stop: () => Promise<void>): Tracing => ({
  begin: (request) => begin(tracer, request),
  stop,
});

function begin(tracer: Tracer, request: IncomingMessage): TracedRequest {
  const parent = readTraceParent(request.headers['traceparent']);
  const context = parent
    ? trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parent.traceId,
        spanId: parent.spanId,
        traceFlags: parent.flags,
        isRemote: true,
      })
    : ROOT_CONTEXT;
  const attributes = { 'renkei.interaction_id': interactionIdOf(request) };
  const span = tracer.startSpan('request', { kind: SpanKind.SERVER, attributes }, context);
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceParent: writeTraceParent({ traceId, spanId, flags: traceFlags }),
    end({ method, route, status, code, fault, client, institution, partner, customerPresent }) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
        'renkei.fault': fault,
        ...(code ? { 'renkei.code': code } : {}),
        ...(client ? { 'renkei.client': client } : {}),
        ...(institution ? { 'renkei.institution': institution } : {}),
        ...(partner ? { 'renkei.partner': partner } : {}),
        ...(customerPresent === undefined ? {} : { 'renkei.customer_present': customerPresent }),
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
