import type { FastifyReply, FastifyRequest } from 'fastify';

interface Page {
  readonly links?: { readonly self?: unknown; readonly next?: unknown };
}

/** The links of a page as a header too (RFC 8288), beside whatever `Link` stands there already. */
export async function tellPageLinks(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const { links } = (payload ?? {}) as Page;
  if (typeof links?.next !== 'string') return payload;
  const earlier = reply.getHeader('link');
  const next = `<${links.next}>; rel="next"`;
  void reply.header('link', typeof earlier === 'string' ? `${earlier}, ${next}` : next);
  return payload;
}
