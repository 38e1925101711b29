import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADER = 'x-fapi-interaction-id';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ids = new WeakMap<IncomingMessage, string>();

/** The caller's id where it is a UUID, otherwise one of ours; the same for the whole request. */
export function interactionIdOf(request: IncomingMessage): string {
  let id = ids.get(request);
  if (id === undefined) {
    const given = request.headers[HEADER];
    id = typeof given === 'string' && UUID.test(given) ? given : randomUUID();
    ids.set(request, id);
  }
  return id;
}

/** Sets the id on the raw answer first of all, so that it stands on every answer, 5xx and the provider's included. */
export function stampInteractionId(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader(HEADER, interactionIdOf(request));
}
