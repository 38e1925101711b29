import type { WireRequest } from '../gateway-ground/door.js';
import type { Caller } from './callers.js';
import type { Operation } from './operations.js';

/** A request before known names and credentials are filled in: the seed alone decides it. */
export interface Draft extends WireRequest {
  readonly operation: Operation | undefined;
  readonly caller: Caller;
  /** How far from the document: tells where a finding comes from. */
  readonly kind: 'valid' | 'nearly' | 'hostile';
  /** Form parameters of an endpoint of the authorization server; it needs an assertion besides. */
  readonly form?: Readonly<Record<string, string>>;
}
