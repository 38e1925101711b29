import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Clock, type Instant } from '#libs/kernel';
import type { Refusal, Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import type { StaffMember } from '../staff/index.js';
import type { Incident, IncidentEntry } from './domain/incident.js';
import type { IncidentRefusal } from './domain/incident.refusals.js';
import { judgeClosing } from './domain/judge-closing.js';
import { IncidentBook } from './incident-book.js';
import { IncidentStore, type IncidentFilter, type Waiting } from './storage/incident.store.pg.js';

type Done = Promise<Result<Incident, Refusal<IncidentRefusal>>>;

/** The institution's side: officers read, acknowledge and close; what follows from it is decided elsewhere. */
@Injectable()
export class IncidentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IncidentStore) private readonly store: IncidentStore,
    @Inject(IncidentBook) private readonly book: IncidentBook,
  ) {}

  list(institutionId: number, filter: IncidentFilter): Promise<Incident[]> {
    return this.database.inInstitution(institutionId, (tx) => this.store.list(tx, filter));
  }

  find(
    institutionId: number,
    id: string,
  ): Promise<{ incident: Incident; entries: readonly IncidentEntry[] } | undefined> {
    return this.database.inInstitution(institutionId, async (tx) => {
      const incident = await this.store.find(tx, id);
      return incident && { incident, entries: await this.store.entries(tx, id) };
    });
  }

  /** An officer has read up to `sequence`; twice is once. Refuses with `entry_unknown` beyond the last entry. */
  async acknowledge(
    institutionId: number,
    id: string,
    officer: StaffMember,
    { sequence, note }: { readonly sequence: number; readonly note: string },
  ): Done {
    const at = await this.clock.now();
    return this.onOne(institutionId, id, async (tx, incident) => {
      if (sequence > incident.lastSequence) return refused('entry_unknown');
      if (sequence <= incident.readTo) return accepted(incident);
      const content = { readTo: sequence, note };
      const change = { readTo: sequence, readAt: at };
      return this.write(tx, incident, 'acknowledged', { officer, at, content, change });
    });
  }

  /** Refuses with `incident_closed`, `incident_unread`, `incident_unresolved`. */
  async close(institutionId: number, id: string, officer: StaffMember, note: string): Done {
    const at = await this.clock.now();
    return this.onOne(institutionId, id, async (tx, incident) => {
      const wrong = judgeClosing(incident);
      if (wrong) return wrong;
      const change = { closedAt: at };
      return this.write(tx, incident, 'closed', { officer, at, content: { note }, change });
    });
  }

  /** What nobody has read yet, in a transaction that has entered the institution: for the watch. */
  waiting(tx: Transaction): Promise<Waiting[]> {
    return this.store.waiting(tx);
  }

  /** Whether all of them are this intermediary's, told to the institution that the transaction has entered. */
  async areOf(tx: Transaction, epspId: string, ids: readonly string[]): Promise<boolean> {
    for (const id of ids) if ((await this.store.find(tx, id))?.epspId !== epspId) return false;
    return true;
  }

  /** A demand rests on these incidents, by what two people decided (RKN-S4a). */
  async becameGround(
    tx: Transaction,
    ids: readonly string[],
    demand: { readonly id: string; readonly proposalId: string; readonly by: string },
    at: Instant,
  ): Promise<void> {
    for (const id of [...ids].sort()) {
      const incident = await this.store.lock(tx, id);
      if (!incident) continue;
      const content = { demandId: demand.id, proposalId: demand.proposalId };
      const entry = { kind: 'became_ground', id: newId('rpt', at), by: demand.by, at } as const;
      await this.book.write(tx, incident, { ...entry, content }, {});
    }
  }

  private onOne(
    institutionId: number,
    id: string,
    work: (tx: Transaction, incident: Incident) => Done,
  ): Done {
    return this.database.inInstitution(institutionId, async (tx) => {
      const incident = await this.store.lock(tx, id);
      return incident ? work(tx, incident) : refused('incident_unknown');
    });
  }

  private async write(
    tx: Transaction,
    incident: Incident,
    kind: 'acknowledged' | 'closed',
    by: {
      readonly officer: StaffMember;
      readonly at: Instant;
      readonly content: object;
      readonly change: Partial<Incident>;
    },
  ): Done {
    const { officer, at, content, change } = by;
    const entry = { kind, id: newId('rpt', at), by: officer.mailAddress, at, content };
    const next = await this.book.write(tx, incident, entry, change);
    await this.book.note(tx, incident, `incident_${kind}`, at, {
      ...content,
      by: officer.mailAddress,
    });
    return accepted(next);
  }
}
