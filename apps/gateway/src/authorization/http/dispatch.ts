import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { storyOf } from '#libs/platform';

const BODY_BYTES_MAX = 64 * 1024;
const URL_CHARS_MAX = 8 * 1024;
const PATHS = new Set([
  '/par',
  '/token',
  '/revoke',
  '/introspect',
  '/jwks',
  '/authorize',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

/** What everybody may know and verifiers keep: a new key is published longer than this before it signs. */
const PUBLIC_PATHS = new Set([
  '/jwks',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);
const PUBLIC_SECONDS = 300;

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? '';

/** The library answers its own paths; no body parser of ours may touch them (oauth.md 7). */
export const belongsToProvider = (path: string): boolean =>
  PATHS.has(path) || path.startsWith('/authorize/');

/** Endpoints that are also offered at the host for certificates: calls of software, never of browsers. */
const MUTUAL_PATHS = new Set(['/par', '/token', '/revoke', '/introspect']);
export const isOfferedWithCertificate = (path: string): boolean =>
  MUTUAL_PATHS.has(path) || path.startsWith('/v1/') || /^\/register(?:\/|$)/.test(path);

/**
 * Sends the protocol's paths to oidc-provider and the rest to Nest. Nest's pipes and filters do not apply
 * there, so the bounds stand here, before anything is read or authenticated (T-31).
 */
export function dispatch(provider: () => RequestListener, nest: RequestListener): RequestListener {
  return (request, response) => {
    const path = pathOf(request);
    if (!belongsToProvider(path)) return nest(request, response);
    tellRoute(request, path);
    if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX)
      return refuse(response, 413, 'the request body is larger than 64 KiB');
    if ((request.url ?? '').length > URL_CHARS_MAX)
      return refuse(response, 414, 'the request target is too long');
    response.setHeader(
      'cache-control',
      PUBLIC_PATHS.has(pathOf(request)) ? `public, max-age=${PUBLIC_SECONDS}` : 'no-store',
    );
    return provider()(request, response);
  };
}

/** The library's paths are their own templates, save the one that names an interaction. */
function tellRoute(request: IncomingMessage, path: string): void {
  const story = storyOf(request);
  story.route = path.startsWith('/authorize/') ? '/authorize/:uid' : path;
  story.isPage = path.startsWith('/authorize');
}

function refuse(response: ServerResponse, status: number, description: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(JSON.stringify({ error: 'invalid_request', error_description: description }));
}
