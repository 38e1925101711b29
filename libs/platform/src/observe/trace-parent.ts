import { AsyncLocalStorage } from 'node:async_hooks';

/** W3C Trace Context, version 00: trace, parent and flags, the first two not all zero. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

/** The header's parts, or nothing where it is missing or malformed: then a trace begins here. */
export function readTraceParent(header: string | string[] | undefined): TraceParent | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(String(header ?? '')) ?? [];
  return traceId && spanId && flags
    ? { traceId, spanId, flags: Number.parseInt(flags, 16) }
    : undefined;
}

export const writeTraceParent = ({ traceId, spanId, flags }: TraceParent): string =>
  `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`;

const current = new AsyncLocalStorage<string>();

/** `traceparent` for calls that are made on behalf of the request under way, if it belongs to a trace. */
export const traceParentNow = (): string | undefined => current.getStore();

export const withTraceParent = (header: string, work: () => void): void =>
  current.run(header, work);
