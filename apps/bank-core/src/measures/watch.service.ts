import { Inject, Injectable } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { CasesService } from '../cases/index.js';
import { IncidentsService } from '../incidents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { HoldMatter } from '../links/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { ReadingsService } from '../readings/index.js';
import { TransfersService } from '../transfers/index.js';
import { ChainMatter } from './chain-matter.js';
import {
  watchChain,
  watchHold,
  watchIncidents,
  watchReview,
  type IncidentsWaiting,
  type Suggestion,
} from './domain/watch.js';
import { watchFigures, type WatchThresholds } from './domain/watch-figures.js';
import { ReviewMatter } from './review-matter.js';
import { GatewayReportStore } from './storage/gateway-report.store.pg.js';

export interface Watched extends Suggestion {
  readonly institutionId: number;
  readonly epspId: string;
  readonly partnerId: string | undefined;
}

/** What was found, and what could not be looked at: said, so that nobody thinks it is watched. */
export interface WatchRound {
  readonly found: readonly Watched[];
  readonly sourcesMissing: readonly ('certificate_expiry' | 'error_rate' | 'fraud_rate')[];
}

const HOUR_MS = 3_600_000;
const CALLS_HOURS = 24;
const TRANSFERS_DAYS = 30;
/** The gateway tells every minute; what it has not told for so long is not known. */
const TOLD_HOURS = 2;

/** Reads what has come due and proposes; it moves no matter and stops nothing. */
@Injectable()
export class WatchService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(IncidentsService) private readonly incidents: IncidentsService,
    @Inject(GatewayReportStore) private readonly reports: GatewayReportStore,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
    @Inject(HoldMatter) private readonly hold: HoldMatter,
    @Inject(ReadingsService) private readonly readings: ReadingsService,
  ) {}

  async at(institutionId: number): Promise<WatchRound> {
    const now = await this.clock.now();
    const thresholds = await this.thresholdsOf(institutionId, now);
    return this.database.inInstitution(institutionId, async (tx) => {
      const figures = await this.figures(tx, institutionId, thresholds, now);
      const readings = await this.readings.book(institutionId, tx);
      const { matters } = this.review.desk;
      const found: Watched[] = [];
      for (const { key, state } of await matters.all(tx, this.review))
        for (const one of watchReview(state, now, readings))
          found.push({ ...one, institutionId, epspId: key, partnerId: undefined });
      for (const { key, state } of await matters.all(tx, this.chain))
        for (const one of watchChain(state, now, readings))
          found.push({ ...one, institutionId, ...this.chain.partiesOf(key) });
      for (const { key, state } of await matters.all(tx, this.hold))
        for (const one of watchHold(state, now)) {
          const { epspId } = this.hold.partiesOf(key);
          found.push({ ...one, institutionId, epspId, partnerId: undefined });
        }
      for (const one of await this.incidents.waiting(tx))
        found.push({ ...watchIncidents(one), institutionId, ...partiesOf(one) });
      found.push(...(await this.registrationsGone(tx, institutionId, now)), ...figures.found);
      return { found, sourcesMissing: figures.sourcesMissing };
    });
  }

  /** An intermediary whose registration or agreement is over, while its link still stands (RKN-0.2). */
  private async registrationsGone(
    tx: Transaction,
    institutionId: number,
    now: Instant,
  ): Promise<Watched[]> {
    const gone: Watched[] = [];
    const revoked = await this.agreements.registrationsRevoked(CivilDate.inTokyo(now));
    for (const { id, status, registration } of await this.agreements.intermediaries()) {
      if (status !== 'terminated' && !revoked.has(id)) continue;
      const { name } = await this.review.desk.links.state(tx, { institutionId, epspId: id }, now);
      if (name === 'terminated') continue;
      const facts = { registration, link: name };
      gone.push({ ...registrationGone, facts, institutionId, epspId: id });
    }
    return gone;
  }

  private async figures(
    tx: Transaction,
    institutionId: number,
    thresholds: WatchThresholds | undefined,
    now: Instant,
  ): Promise<WatchRound> {
    const today = CivilDate.inTokyo(now);
    const toldSince = now - TOLD_HOURS * HOUR_MS;
    const hasTold = await this.reports.hasTold(tx, toldSince);
    const certificates = await this.reports.certificates(tx, toldSince);
    const calls = await this.reports.counts(tx, institutionId, now - CALLS_HOURS * HOUR_MS);
    const since = now - TRANSFERS_DAYS * 24 * HOUR_MS;
    const formed = await this.transfers.countFormed(tx, institutionId, since);
    const frauds = await this.cases.countFrauds(tx, institutionId, since);
    const found: Watched[] = [];
    for (const { id: epspId } of await this.agreements.intermediaries()) {
      if (!(await this.agreements.covers(epspId, institutionId, today))) continue;
      const figures = {
        calls: calls.get(epspId),
        transfers: { all: formed.get(epspId) ?? 0, frauds: frauds.get(epspId) ?? 0 },
        certificates: certificates.filter((one) => one.epspId === epspId),
      };
      for (const one of watchFigures(figures, thresholds, now))
        found.push({ ...one, institutionId, epspId, partnerId: undefined });
    }
    return {
      found,
      sourcesMissing: [
        ...(hasTold ? [] : (['certificate_expiry'] as const)),
        ...(hasTold && thresholds ? [] : (['error_rate'] as const)),
        ...(thresholds ? [] : (['fraud_rate'] as const)),
      ],
    };
  }

  /** Unset is no threshold, and no rate is judged (INT-12). */
  private async thresholdsOf(
    institutionId: number,
    now: Instant,
  ): Promise<WatchThresholds | undefined> {
    const { id, constraint } = rknParameters.watchThresholds;
    const on = CivilDate.inTokyo(now);
    const value = await this.institutions.parameter(institutionId, id, on);
    return value.ok ? constraint.read(value.value) : undefined;
  }
}

const partiesOf = ({ epspId, partnerId }: IncidentsWaiting) => ({ epspId, partnerId });

const registrationGone = {
  rule: 'registration_gone',
  clause: 'RKN-0.2',
  proposes: 'agreement_ended',
  since: undefined,
  partnerId: undefined,
} as const;
