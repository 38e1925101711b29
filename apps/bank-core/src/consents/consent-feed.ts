import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { instantToWire } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Rhythm, type LineStream } from '../platform/line-stream.js';
import { cursorOf, type FeedPosition } from './domain/feed-cursor.js';
import { shownActor } from './domain/shown-reason.js';
import { eventsAfter, FEED_PAGE, type ConsentEventRow } from './storage/consent-feed.store.pg.js';
import { ConsentWake } from './storage/consent-wake.js';

const ROUND_MS = 250;
/** Every so many rounds all institutions are read, heard of or not. */
const SWEEP_ROUNDS = 20;

interface Listener {
  readonly stream: LineStream;
  readonly positions: Map<number, FeedPosition>;
  /** Institutions at which something may stand behind the position. */
  readonly due: Set<number>;
}

/** The feed by which gateways end and freeze grants: in (xid8, id) order per institution, nothing skipped. */
@Injectable()
export class ConsentFeed implements OnModuleDestroy {
  private readonly listeners = new Map<LineStream, Listener>();
  private bankCodes = new Map<number, string>();
  private round = 0;
  private readonly rhythm = new Rhythm(ROUND_MS, () => this.readOnce());

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ConsentWake) private readonly wake: ConsentWake,
  ) {}

  listen(stream: LineStream, positions: Map<number, FeedPosition>): void {
    this.listeners.set(stream, { stream, positions, due: new Set(this.bankCodes.keys()) });
    this.round = 0;
    this.rhythm.start();
  }

  leave(stream: LineStream): void {
    this.listeners.delete(stream);
    if (this.listeners.size === 0) this.rhythm.stop();
  }

  async onModuleDestroy(): Promise<void> {
    this.rhythm.stop();
    for (const { stream } of this.listeners.values()) stream.end();
    await this.wake.stop();
  }

  private async readOnce(): Promise<void> {
    if (!this.wake.isListening) {
      this.round = 0;
      await this.wake.listen((institutionId) => this.markDue([institutionId]));
    }
    if (this.round === 0) {
      const all = await this.institutions.all();
      this.bankCodes = new Map(all.map(({ id, bankCode }) => [id, bankCode]));
      this.markDue(this.bankCodes.keys());
    }
    this.round = (this.round + 1) % SWEEP_ROUNDS;
    for (const listener of [...this.listeners.values()]) {
      for (const institutionId of [...listener.due]) await this.catchUp(listener, institutionId);
      this.tell(listener, { type: 'heartbeat', cursor: cursorOf(listener.positions) });
    }
  }

  private markDue(institutionIds: Iterable<number>): void {
    for (const institutionId of institutionIds)
      for (const { due } of this.listeners.values()) due.add(institutionId);
  }

  private async catchUp(listener: Listener, institutionId: number): Promise<void> {
    // Taken off the list first: what is heard while reading puts it back.
    listener.due.delete(institutionId);
    const rows = await this.database
      .inInstitution(institutionId, (tx) =>
        eventsAfter(tx, institutionId, listener.positions.get(institutionId)),
      )
      .catch((error: unknown) => {
        listener.due.add(institutionId);
        throw error;
      });
    for (const row of rows) {
      if (!row.settled) break;
      listener.positions.set(institutionId, { xid: row.xid, id: row.id });
      const message = messageOf(row, this.bankCodes.get(institutionId) ?? '');
      this.tell(listener, { ...message, cursor: cursorOf(listener.positions) });
    }
    const isWaiting = rows.some(({ settled }) => !settled);
    if (isWaiting || rows.length === FEED_PAGE) listener.due.add(institutionId);
  }

  private tell(listener: Listener, message: object): void {
    if (!listener.stream.write(message)) this.leave(listener.stream);
  }
}

/** A change as a gateway learns it: whose consent, what, and why; the row holds only what may be told (T-29). */
function messageOf(row: ConsentEventRow, bankCode: string): object {
  return {
    type: 'consent',
    bankCode,
    consentId: row.consentId,
    state: row.state,
    change: row.change ?? row.state,
    reason: row.reason,
    by: shownActor(row.actor ?? 'system'),
    version: row.version,
    happenedAt: instantToWire(row.at),
    expiresAt: row.expiresAt === null ? null : instantToWire(row.expiresAt),
    epspId: row.epspId,
    clientId: row.clientId,
    chainPartnerId: row.chainPartnerId,
  };
}
