import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Refusal, Result } from '#libs/kernel';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { decidePosition, type CursorCode, type PagePosition } from './domain/page-position.js';

/** Sealed cursors: readable to nobody's harm, writable by us alone, bound to one list of one client. */
@Injectable()
export class ConsentPages {
  private readonly key: Buffer;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    // A key of its own: a cursor of a statement can never be read as one of ours.
    this.key = createHmac('sha256', config.secrets.cursorKey).update('consent pages').digest();
  }

  /** After what the page begins; nothing for the first one. */
  after(cursor: string | undefined, of: string): Result<string | undefined, Refusal<CursorCode>> {
    if (cursor === undefined) return { ok: true, value: undefined };
    return decidePosition(this.open(cursor), of, this.clock.read());
  }

  seal(of: string, after: string): string {
    const body = Buffer.from(JSON.stringify([of, after, this.clock.read()])).toString('base64url');
    return `${body}.${this.mac(body)}`;
  }

  private open(cursor: string): PagePosition | undefined {
    const [body = '', mac = '', more] = cursor.split('.');
    const [given, expected] = [Buffer.from(mac), Buffer.from(this.mac(body))];
    if (more !== undefined || given.length !== expected.length) return undefined;
    if (!timingSafeEqual(given, expected)) return undefined;
    const text = Buffer.from(body, 'base64url').toString('utf8');
    const [of, after, madeAt] = JSON.parse(text) as [string, string, number];
    return { of, after, madeAt };
  }

  private mac(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}
