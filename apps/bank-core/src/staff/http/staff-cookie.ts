import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_WHOLE_MS } from '../domain/staff-session.js';

/** `__Host-`: this hostname alone (T-03). The session's cookie never travels from another site (T-05). */
const SESSION = '__Host-renkei-staff';
/** Has to come back with the redirect from the issuer, which is another site; good for that one return only. */
const ATTEMPT = '__Host-renkei-staff-oidc';
const ATTEMPT_SECONDS = 600;

export const secretOf = (request: FastifyRequest): string | undefined => valueOf(request, SESSION);
export const attemptOf = (request: FastifyRequest): string | undefined => valueOf(request, ATTEMPT);

export const giveSecret = (reply: FastifyReply, secret: string): void =>
  give(reply, SESSION, secret, SESSION_WHOLE_MS / 1000, 'Strict');
export const takeSecretBack = (reply: FastifyReply): void => give(reply, SESSION, '', 0, 'Strict');
export const giveAttempt = (reply: FastifyReply, secret: string): void =>
  give(reply, ATTEMPT, secret, ATTEMPT_SECONDS, 'Lax');

function valueOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const given = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return given && /^[A-Za-z0-9_-]{43}$/.test(given) ? given : undefined;
}

function give(
  reply: FastifyReply,
  name: string,
  value: string,
  seconds: number,
  sameSite: 'Strict' | 'Lax',
): void {
  const attributes = `Max-Age=${seconds}; Path=/; Secure; HttpOnly; SameSite=${sameSite}`;
  void reply.header('set-cookie', `${name}=${value}; ${attributes}`);
}
