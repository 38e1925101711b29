import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { horizonOf, StaffService } from '../../staff/index.js';

/** Of the holders' hostname, where this page stands: the console's session is another one (T-03). */
const COOKIE = '__Host-renkei-mailbox';
const OPEN_SECONDS = 30 * 60;

type Config = Pick<BankConfig, 'mode' | 'publicOrigin' | 'mail'>;

/** Who may open the letter box: an officer with a session, and of the own institutions only. */
@Injectable()
export class MailboxDoor {
  constructor(
    @Inject(BANK_CONFIG) private readonly config: Config,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {}

  /** Never in production, and without meaning where mails are really sent (T-23). */
  get exists(): boolean {
    return this.config.mode !== 'production' && this.config.mail === undefined;
  }

  /** Forms come from our own page or not at all. */
  isOurs(request: FastifyRequest): boolean {
    return request.headers.origin === this.config.publicOrigin;
  }

  /** Password and one-time code, judged together, as for any work over the network (T-17). */
  async open(
    reply: FastifyReply,
    entry: { readonly staff: string; readonly password: string; readonly code: string },
  ): Promise<boolean> {
    const opened = await this.staff.openSession(entry.staff, entry.password, entry.code);
    if (!opened.ok) return false;
    giveCookie(reply, opened.value.secret, OPEN_SECONDS);
    return true;
  }

  async close(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = secretIn(request);
    if (secret !== undefined) await this.staff.closeSession(secret);
    giveCookie(reply, '', 0);
  }

  /** The institutions whose mails this browser may look at; `undefined` while the door is shut. */
  async horizon(request: FastifyRequest): Promise<'all' | readonly number[] | undefined> {
    const secret = secretIn(request);
    const officer = secret === undefined ? undefined : await this.staff.memberOf(secret);
    return officer?.ok ? horizonOf(officer.value) : undefined;
  }
}

function secretIn(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}

function giveCookie(reply: FastifyReply, value: string, seconds: number): void {
  const cookie = `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
  void reply.header('set-cookie', cookie);
}
