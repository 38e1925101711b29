import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_WHOLE_MS } from '../domain/staff-session.js';

/** `__Host-`: this hostname alone, never sent along from another site (T-03). */
const NAME = '__Host-renkei-staff';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

export function secretOf(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const given = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return given && /^[A-Za-z0-9_-]{43}$/.test(given) ? given : undefined;
}

export function giveSecret(reply: FastifyReply, secret: string): void {
  const seconds = SESSION_WHOLE_MS / 1000;
  void reply.header('set-cookie', `${NAME}=${secret}; Max-Age=${seconds}; ${ATTRIBUTES}`);
}

export function takeSecretBack(reply: FastifyReply): void {
  void reply.header('set-cookie', `${NAME}=; Max-Age=0; ${ATTRIBUTES}`);
}
