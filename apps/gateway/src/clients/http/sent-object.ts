import { finding } from '../domain/finding.js';
import type { Sent } from '../domain/judge-metadata.js';
import { valueOf } from './registration.problems.js';

/** The body as an object; throws the finding that it is none. */
export function sentObject(body: unknown): Sent {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Sent;
  return valueOf({
    ok: false,
    findings: [finding('body', 'form_wrong', body === undefined ? undefined : typeof body, '{…}')],
  });
}
