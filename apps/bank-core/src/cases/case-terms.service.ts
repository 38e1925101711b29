import { Inject, Injectable } from '@nestjs/common';
import { ReadingBook, rknParameters, smParameters, type ParameterId } from '#libs/contracts';
import { bankingCalendar, CivilDate, type Instant } from '#libs/kernel';
import { causeDueAt } from '#libs/contracts';
import type { RecoveryOrder } from '#libs/liability';
import type { Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { ReadingsService } from '../readings/index.js';
import type { DatedTerms } from './domain/decision-inputs.js';

/** What decisions about losses may read; which of them a decision uses it says itself. */
const PARAMETERS: readonly ParameterId[] = [
  smParameters.interestRule.id,
  smParameters.impedimentEndDays.id,
  smParameters.deskHours.id,
  rknParameters.fraudPolicy.id,
  rknParameters.primaFacie.id,
];

/** By what an institution decides about losses on a day. */
@Injectable()
export class CaseTerms {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ReadingsService) private readonly readings: ReadingsService,
  ) {}

  /**
   * Values and readings for a decision made at `at`: all that was ever approved, so that the decision finds those of
   * its day and replays with them. In the caller's transaction where there is one.
   */
  async at(institutionId: number, at: Instant, tx?: Transaction): Promise<DatedTerms> {
    const { bankCode } = await this.institutions.byId(institutionId);
    const entries = await this.institutions.entries(institutionId, PARAMETERS);
    const choices = await this.readings.choices(institutionId, tx);
    return { institution: bankCode, asOf: CivilDate.inTokyo(at), entries, choices };
  }

  /** INT-08: to whom later money goes first. */
  async recoveryOrder(
    institutionId: number,
    at: Instant,
    tx?: Transaction,
  ): Promise<RecoveryOrder> {
    const { institution, asOf, choices } = await this.at(institutionId, at, tx);
    const { reading } = new ReadingBook(institution, choices).on('INT-08', asOf);
    return reading === 'B' ? 'holder_first' : 'payer_first';
  }

  /** When the cause should be known; undefined while the target is unset, which keeps no case closed (INT-12). */
  async causeDueAt(institutionId: number, knownAt: Instant): Promise<Instant | undefined> {
    const table = { causeTarget: rknParameters.causeTarget };
    const read = await this.institutions.read(institutionId, table, CivilDate.inTokyo(knownAt));
    return read.ok ? causeDueAt(knownAt, read.value.causeTarget, bankingCalendar) : undefined;
  }
}
