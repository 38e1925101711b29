import { Inject, Injectable } from '@nestjs/common';
import type { LinkFunction } from '#libs/contracts';
import {
  accepted,
  assert,
  CivilDate,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import {
  Database,
  enterInstitution,
  type IdempotencyRefusal,
  type Transaction,
} from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import type { Incident, IncidentEntry, IncidentFacts, Telling } from './domain/incident.js';
import type { IncidentRefusal } from './domain/incident.refusals.js';
import { judgeReport } from './domain/judge-report.js';
import { IncidentBook } from './incident-book.js';
import { IncidentStore } from './storage/incident.store.pg.js';

/** An institution that it concerns, and how many of its users; undefined: not known. */
export interface Concerned {
  readonly institutionId: number;
  readonly affectedUsers: number | undefined;
}

export interface IncidentReport extends IncidentFacts, Telling {
  readonly functions: readonly LinkFunction[];
  readonly concerned: readonly Concerned[];
}

/** What was learnt since; what is left out stays as it was. */
export interface FurtherReport extends Telling {
  readonly functions: readonly LinkFunction[] | undefined;
  readonly concerned: readonly Concerned[];
}

export interface IncidentTaken {
  readonly incidentId: string;
  readonly reportId: string;
}

/** One incident as its intermediary sees it: its reports, and where each institution stands. */
export interface OwnIncident {
  readonly at: readonly Incident[];
  readonly reports: readonly IncidentEntry[];
  /** Demands that rest on it. */
  readonly demands: readonly { readonly institutionId: number; readonly demandId: string }[];
}

type Taken = Promise<
  Result<KeptAnswer<IncidentTaken>, Refusal<IncidentRefusal | IdempotencyRefusal>>
>;

const REPORTS_MAX = 200;

/**
 * The intermediary's side. One report reaches every institution named, in one transaction that enters one after the
 * other: all of them are told or none. Source: RKN-S1, RKN-S2, RKN-C1, users.md D.2.
 */
@Injectable()
export class OwnIncidents {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(IncidentStore) private readonly store: IncidentStore,
    @Inject(IncidentBook) private readonly book: IncidentBook,
  ) {}

  /**
   * Once per key. Refuses with `event_ahead_of_clock`, `facts_contradict`, `chain_partner_missing`,
   * `institution_not_covered`, `incident_reported_before`.
   */
  async report(caller: InternalCaller, key: string, told: IncidentReport): Taken {
    const now = await this.clock.now();
    return this.once(caller, 'incidents', key, told, async (tx) => {
      const wrong = judgeReport(told, now);
      if (wrong) return wrong;
      const incidentId = newId('inc', now);
      const reportId = newId('rpt', now);
      for (const one of inOrder(told.concerned)) {
        const opened = await this.open(tx, caller, { ...told, ...one, incidentId, reportId }, now);
        if (!opened.ok) return opened;
      }
      return accepted({ incidentId, reportId });
    });
  }

  /** Appends at every institution that knows of it; one that it now concerns besides learns it from the start. */
  async followUp(
    caller: InternalCaller,
    key: string,
    incidentId: string,
    told: FurtherReport,
  ): Taken {
    const now = await this.clock.now();
    const known = await this.find(caller.epspId, incidentId);
    if (!known) return refused('incident_unknown');
    return this.once(caller, `incidents/${incidentId}/reports`, key, told, async (tx) => {
      if (known.reports.length >= REPORTS_MAX) return refused('incident_reports_exhausted');
      const reportId = newId('rpt', now);
      const places = new Map<number, Concerned | undefined>();
      for (const { institutionId } of known.at) places.set(institutionId, undefined);
      for (const one of told.concerned) places.set(one.institutionId, one);
      for (const [institutionId, named] of [...places].sort(([one], [other]) => one - other)) {
        const isNew = !known.at.some((there) => there.institutionId === institutionId);
        if (isNew && named) {
          const from = firstReportOf(known, incidentId);
          const opened = await this.open(tx, caller, { ...from, ...named }, now);
          if (!opened.ok) return opened;
        }
        await enterInstitution(tx, institutionId);
        await this.book.followUp(tx, caller, { incidentId, reportId, told, named }, now);
      }
      return accepted({ incidentId, reportId });
    });
  }

  /** The newest first, each once, wherever it was told. */
  async list(
    epspId: string,
    page: { before?: string | undefined; limit: number },
  ): Promise<{ readonly id: string; readonly at: readonly Incident[] }[]> {
    const found: Incident[] = [];
    for (const { id } of await this.institutions.all())
      found.push(
        ...(await this.database.inInstitution(id, (tx) =>
          this.store.list(tx, { ...page, epspId }),
        )),
      );
    return [...Map.groupBy(found, ({ id }) => id)]
      .map(([id, at]) => ({ id, at }))
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, page.limit);
  }

  /** Another intermediary's is as unknown as none (T-20). */
  async find(epspId: string, incidentId: string): Promise<OwnIncident | undefined> {
    const at: Incident[] = [];
    const reports = new Map<string, IncidentEntry>();
    const demands: { institutionId: number; demandId: string }[] = [];
    for (const { id } of await this.institutions.all())
      await this.database.inInstitution(id, async (tx) => {
        const found = await this.store.find(tx, incidentId);
        if (found?.epspId !== epspId) return;
        at.push(found);
        for (const entry of await this.store.entries(tx, incidentId)) {
          if (entry.kind === 'became_ground')
            demands.push({ institutionId: id, demandId: String(entry.content['demandId']) });
          if (entry.kind !== 'reported' && entry.kind !== 'followed_up') continue;
          // An institution told later has the same report; the first one to be told has its time.
          if (entry.at <= (reports.get(entry.id)?.at ?? entry.at)) reports.set(entry.id, entry);
        }
      });
    if (at.length === 0) return undefined;
    const inTime = [...reports.values()].sort((one, other) => one.at - other.at);
    return { at, reports: inTime, demands };
  }

  private async open(
    tx: Transaction,
    caller: InternalCaller,
    told: IncidentFacts &
      Telling &
      Concerned & {
        readonly functions: readonly LinkFunction[];
        readonly incidentId: string;
        readonly reportId: string;
      },
    now: Instant,
  ): Promise<Result<void, Refusal<IncidentRefusal>>> {
    const { institutionId } = told;
    const days = [told.foundAt, now].map((day) => CivilDate.inTokyo(day));
    if (!(await this.isCovered(caller.epspId, institutionId, days)))
      return refused('institution_not_covered', { clause: 'RKN-0.2' });
    await enterInstitution(tx, institutionId);
    return this.book.open(tx, caller, told, now);
  }

  /** Found while the agreement stood, or while it stands: what is told late is told all the same (RKN-0.2). */
  private async isCovered(
    epspId: string,
    institutionId: number,
    days: readonly CivilDate[],
  ): Promise<boolean> {
    for (const day of days)
      if (await this.agreements.covers(epspId, institutionId, day)) return true;
    return false;
  }

  /** What is refused after an institution has been told is undone at all of them. */
  private once(
    { clientId }: InternalCaller,
    route: string,
    key: string,
    content: object,
    work: (tx: Transaction) => Promise<Result<IncidentTaken, Refusal<IncidentRefusal>>>,
  ): Taken {
    const call = { institutionId: 'federation', clientId, route, key, content } as const;
    return this.database.transaction((tx) =>
      actOnce(tx, call, async () => {
        await tx.query('savepoint before_telling');
        const done = await work(tx);
        if (!done.ok) await tx.query('rollback to savepoint before_telling');
        return done;
      }),
    );
  }
}

/** In one order everywhere, so that two reports never wait for each other. */
const inOrder = (concerned: readonly Concerned[]): readonly Concerned[] =>
  concerned.toSorted((one, other) => one.institutionId - other.institutionId);

/** The first report anew, for an institution that hears of it only now. */
function firstReportOf({ at: [incident], reports: [report] }: OwnIncident, incidentId: string) {
  assert(incident && report, 'What is known was reported.');
  const { text, phase, evidence } = report.content as unknown as Telling;
  return { ...incident, text, phase, evidence, incidentId, reportId: report.id };
}
