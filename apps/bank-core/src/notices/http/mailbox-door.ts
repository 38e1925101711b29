import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#libs/kernel';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { CLOCK } from '../../platform/platform.module.js';
import { StaffService } from '../../staff/index.js';

const COOKIE = '__Host-renkei-mailbox';
const OPEN_SECONDS = 15 * 60;

type Config = Pick<BankConfig, 'mode' | 'publicOrigin' | 'keyEncryptionKey' | 'mail'>;

/** Who may open the letter box: an officer, for a quarter of an hour; and nobody where a mail server delivers. */
@Injectable()
export class MailboxDoor {
  private readonly key: Buffer;

  constructor(
    @Inject(BANK_CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {
    this.key = createHmac('sha256', config.keyEncryptionKey).update('mailbox door').digest();
  }

  /** Never in production, and without meaning where mails are really sent (T-23). */
  get exists(): boolean {
    return this.config.mode !== 'production' && this.config.mail === undefined;
  }

  /** Forms come from our own page or not at all. */
  isOurs(request: FastifyRequest): boolean {
    return request.headers.origin === this.config.publicOrigin;
  }

  async open(reply: FastifyReply, mailAddress: string, password: string): Promise<boolean> {
    const officer = await this.staff.login(mailAddress, password);
    if (!officer.ok) return false;
    const until = String((await this.clock.now()) + OPEN_SECONDS * 1_000);
    this.giveCookie(reply, `${until}.${this.mac(until)}`, OPEN_SECONDS);
    return true;
  }

  close(reply: FastifyReply): void {
    this.giveCookie(reply, 'closed', 0);
  }

  async isOpen(request: FastifyRequest): Promise<boolean> {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const value = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
    const [until = '', mac = ''] = value?.split('.') ?? [];
    const [given, expected] = [Buffer.from(mac), Buffer.from(this.mac(until))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return (await this.clock.now()) < Number(until);
  }

  private giveCookie(reply: FastifyReply, value: string, seconds: number): void {
    const cookie = `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
    void reply.header('set-cookie', cookie);
  }

  private mac(until: string): string {
    return createHmac('sha256', this.key).update(until).digest('base64url');
  }
}
