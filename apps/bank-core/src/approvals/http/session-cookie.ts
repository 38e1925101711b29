import type { FastifyReply, FastifyRequest } from 'fastify';
import { INTERACTION_MINUTES } from '../domain/approval.js';

/** One cookie per request, so that two tabs do not disturb each other; `__Host-` keeps it on this origin (T-03). */
const nameFor = (approvalId: string): string => `__Host-renkei-${approvalId}`;

/** How long it outlives the end, so that a second click still finds its way. */
const AFTER_END_SECONDS = 120;

export function sessionOf(request: FastifyRequest, approvalId: string): string | undefined {
  const prefix = `${nameFor(approvalId)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const given = pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
  return given && /^[A-Za-z0-9_-]{43}$/.test(given) ? given : undefined;
}

export function giveSession(
  reply: FastifyReply,
  approvalId: string,
  session: string,
  isOver = false,
): void {
  const seconds = isOver ? AFTER_END_SECONDS : INTERACTION_MINUTES * 60;
  const cookie = `${nameFor(approvalId)}=${session}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Lax`;
  void reply.header('set-cookie', cookie);
}
