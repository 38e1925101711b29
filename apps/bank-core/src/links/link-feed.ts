import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Rhythm, type LineStream } from '../platform/line-stream.js';
import type { LinkStateOnWire } from './domain/link-state.js';
import { allVersions, versionsBetween } from './storage/link.store.pg.js';
import { LinkWake } from './storage/link-wake.js';

/** The heartbeat of design.md section 3: the versions are read fresh each time (T-19). */
const HEARTBEAT_MS = 250;

interface Known {
  readonly version: bigint;
  readonly states: readonly LinkStateOnWire[];
}

interface Change extends Known {
  readonly institutionId: number;
}

/**
 * One reader of the database for all gateway nodes that listen to the link stream. It reads when it hears of a new
 * version, and with every heartbeat whether it heard or not.
 */
@Injectable()
export class LinkFeed implements OnModuleDestroy {
  private readonly beginners = new Set<LineStream>();
  private readonly listeners = new Set<LineStream>();
  private readonly known = new Map<number, Known>();
  private bankCodes = new Map<number, string>();
  private readonly rhythm = new Rhythm(HEARTBEAT_MS, () => this.round());

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(LinkWake) private readonly wake: LinkWake,
  ) {}

  /** A snapshot of every institution, then each change in order, and a heartbeat with every round. */
  listen(stream: LineStream): void {
    this.beginners.add(stream);
    this.rhythm.start();
  }

  leave(stream: LineStream): void {
    this.beginners.delete(stream);
    this.listeners.delete(stream);
    if (this.beginners.size + this.listeners.size === 0) this.rhythm.stop();
  }

  async onModuleDestroy(): Promise<void> {
    this.rhythm.stop();
    for (const stream of [...this.beginners, ...this.listeners]) stream.end();
    await this.wake.stop();
  }

  private async round(): Promise<void> {
    // Only brings news sooner: no round waits for it, and the heartbeat reads what it did not hear.
    if (!this.wake.isListening)
      void this.wake.listen(() => this.rhythm.wake()).catch(() => undefined);
    const versions = await this.database.transaction(allVersions);
    const changes: Change[] = [];
    for (const [institutionId, version] of versions) {
      const after = this.known.get(institutionId)?.version;
      if (after !== version) changes.push(...(await this.read(institutionId, after, version)));
    }
    await this.learnBankCodes(versions);
    for (const change of changes) {
      this.known.set(change.institutionId, change);
      this.tell(this.listeners, this.lineOf('change', change.institutionId, change));
    }
    for (const stream of this.beginners) {
      for (const [institutionId, known] of this.known)
        this.tell([stream], this.lineOf('snapshot', institutionId, known));
      this.beginners.delete(stream);
      this.listeners.add(stream);
    }
    const codes = [...versions].map(([id, version]) => [this.bankCodes.get(id), Number(version)]);
    this.tell(this.listeners, { type: 'heartbeat', versions: Object.fromEntries(codes) });
  }

  /** Every version since `after`; only the newest where nobody has been listening. Version 0 has no states. */
  private async read(
    institutionId: number,
    after: bigint | undefined,
    upTo: bigint,
  ): Promise<Change[]> {
    if (upTo === 0n) return [{ institutionId, version: 0n, states: [] }];
    const from = after === undefined || this.listeners.size === 0 ? upTo - 1n : after;
    const rows = await this.database.inInstitution(institutionId, (tx) =>
      versionsBetween(tx, institutionId, from, upTo),
    );
    return rows.map((row) => ({ institutionId, ...row }));
  }

  private async learnBankCodes(versions: ReadonlyMap<number, bigint>): Promise<void> {
    if ([...versions.keys()].every((id) => this.bankCodes.has(id))) return;
    const all = await this.institutions.all();
    this.bankCodes = new Map(all.map(({ id, bankCode }) => [id, bankCode]));
  }

  private lineOf(type: 'snapshot' | 'change', institutionId: number, known: Known): object {
    const bankCode = this.bankCodes.get(institutionId);
    return { type, bankCode, version: Number(known.version), states: known.states };
  }

  private tell(streams: Iterable<LineStream>, message: object): void {
    for (const stream of streams) if (!stream.write(message)) this.leave(stream);
  }
}
