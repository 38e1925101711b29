import { Inject, Injectable } from '@nestjs/common';
import type { LinkFunction } from '#libs/contracts';
import { accepted, assert, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { InternalCaller } from '../platform/internal-caller.js';
import { RecordsService } from '../records/index.js';
import type { EntryKind, Incident, IncidentFacts, Telling } from './domain/incident.js';
import type { IncidentRefusal } from './domain/incident.refusals.js';
import { IncidentStore } from './storage/incident.store.pg.js';

/** What one institution is told of first. */
export interface OpeningReport extends IncidentFacts, Telling {
  readonly incidentId: string;
  readonly reportId: string;
  readonly institutionId: number;
  readonly functions: readonly LinkFunction[];
  readonly affectedUsers: number | undefined;
}

export interface AppendedReport {
  readonly incidentId: string;
  readonly reportId: string;
  readonly told: Telling & { readonly functions: readonly LinkFunction[] | undefined };
  /** The institution's own count, where the report names it; undefined in it: no longer known. */
  readonly named: { readonly affectedUsers: number | undefined } | undefined;
}

type Change = Partial<Incident> & { readonly isReport?: boolean };

/** Writes entries with what they change and the record of it, in a transaction that has entered the institution. */
@Injectable()
export class IncidentBook {
  constructor(
    @Inject(IncidentStore) private readonly store: IncidentStore,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** Refuses with `incident_reported_before`: one reference is one incident. */
  async open(
    tx: Transaction,
    caller: InternalCaller,
    told: OpeningReport,
    at: Instant,
  ): Promise<Result<void, Refusal<IncidentRefusal>>> {
    const { incidentId, reportId, text, evidence, institutionId, functions, phase } = told;
    const { affectedUsers, reference, kind, chainPartnerId, occurredAt, foundAt } = told;
    const incident = await this.store.insert(tx, {
      ...{ institutionId, id: incidentId, epspId: caller.epspId, reportedAt: at },
      ...{ reference, kind, chainPartnerId, occurredAt, foundAt, functions, affectedUsers, phase },
    });
    if (!incident) return refused('incident_reported_before');
    const content = { text, phase, evidence, functions, affectedUsers };
    await this.store.append(tx, incident, {
      ...{ sequence: 1, id: reportId, kind: 'reported', by: authorOf(caller), at, content },
    });
    await this.note(tx, incident, 'incident_reported', at, content, caller);
    return accepted(undefined);
  }

  async followUp(
    tx: Transaction,
    caller: InternalCaller,
    { incidentId, reportId, told, named }: AppendedReport,
    at: Instant,
  ): Promise<void> {
    const incident = await this.store.lock(tx, incidentId);
    assert(incident, 'Who is told more was told of it before.');
    const { text, phase, evidence, functions = incident.functions } = told;
    const { affectedUsers } = named ?? incident;
    const content = { text, phase, evidence, functions, affectedUsers };
    const change = { phase, functions, affectedUsers, closedAt: undefined, isReport: true };
    const entry = { kind: 'followed_up', id: reportId, by: authorOf(caller), at, content } as const;
    await this.write(tx, incident, entry, change);
    await this.note(tx, incident, 'incident_followed_up', at, content, caller);
  }

  /** Appends an entry and stores what it changes; answers the incident as it stands then. */
  async write(
    tx: Transaction,
    incident: Incident,
    entry: { kind: EntryKind; id: string; by: string; at: Instant; content: object },
    { isReport = false, ...change }: Change,
  ): Promise<Incident> {
    const sequence = incident.lastSequence + 1;
    const content = { ...entry.content };
    await this.store.append(tx, incident, { ...entry, content, sequence });
    const next: Incident = {
      ...incident,
      ...change,
      lastSequence: sequence,
      ...(isReport ? { lastReport: sequence } : {}),
    };
    await this.store.update(tx, next);
    return next;
  }

  note(
    tx: Transaction,
    { institutionId, id, number, epspId, chainPartnerId, kind: what, reference }: Incident,
    kind: string,
    happenedAt: Instant,
    content: object,
    caller?: InternalCaller,
  ): Promise<void> {
    const { clientId, interactionId } = caller ?? {};
    return this.records.append(tx, {
      ...{ institutionId, happenedAt, kind, epspId, chainPartnerId, clientId, interactionId },
      content: { incidentId: id, number, kind: what, reference, ...content },
    });
  }
}

const authorOf = ({ epspId, clientId }: InternalCaller): string => `${epspId}/${clientId}`;
