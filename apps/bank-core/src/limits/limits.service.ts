import { Inject, Injectable } from '@nestjs/common';
import {
  effectiveLimit,
  leftOnEachBasis,
  smParameters,
  withinDailyLimit,
  type LimitUse,
  type WithinLimit,
} from '#libs/contracts';
import { accepted, type CivilDate, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { InstitutionsService, type InstitutionRefusal } from '../institutions/index.js';
import type { DailyLimit, LimitStanding } from './domain/daily-limit.js';
import type { LimitRefusal } from './domain/limit.refusals.js';
import { notifiedLimitOf, useOf } from './storage/limit.store.pg.js';

const { limitCap, limitScope, limitIncludesFee } = smParameters;

export interface LimitRequest {
  readonly institutionId: number;
  readonly holderId: string;
  readonly debitAccountId: string;
  readonly otpActive: boolean;
  readonly requestedOn: CivilDate;
  readonly designatedOn: CivilDate;
  readonly amountYen: Yen;
  readonly feeYen: Yen;
}

/** A request against its limit: the standing before it, and whether it fits. */
export interface JudgedLimit {
  readonly limit: DailyLimit;
  readonly standing: readonly LimitStanding[];
  /** Yen that 確定 charges on both bases. */
  readonly chargeYen: Yen;
  readonly verdict: Result<WithinLimit, Refusal<LimitRefusal>>;
}

/** The daily limit of a request and the two sums that it stands against (SM-5.3). */
@Injectable()
export class LimitsService {
  constructor(@Inject(InstitutionsService) private readonly institutions: InstitutionsService) {}

  /**
   * Judges without a lock, by the cap in force on the day of the request (SM-5.3-2): for the page, and for
   * the figures that `fix_transfers` judges again under the lock. Refuses with `parameter_unset`.
   */
  async judge(
    tx: Transaction,
    request: LimitRequest,
  ): Promise<Result<JudgedLimit, Refusal<InstitutionRefusal>>> {
    const { institutionId, holderId, requestedOn, amountYen, feeYen } = request;
    const table = { limitCap, limitScope, limitIncludesFee };
    const read = await this.institutions.read(institutionId, table, requestedOn);
    if (!read.ok) return read;
    const values = read.value;
    const holderLimit = await notifiedLimitOf(tx, institutionId, holderId);
    const limit: DailyLimit = {
      subject: values.limitScope === 'account' ? request.debitAccountId : holderId,
      limitYen: effectiveLimit({ holderLimit, otpActive: request.otpActive }, values.limitCap),
      includesFee: values.limitIncludesFee,
    };
    const use = await useOf(tx, { ...request, subject: limit.subject });
    return accepted({
      limit,
      standing: standingOf(limit.limitYen, use, request),
      chargeYen: limit.includesFee ? amountYen + feeYen : amountYen,
      verdict: withinDailyLimit(
        { effectiveLimit: limit.limitYen, limitUse: use, transferAmount: amountYen, feeYen },
        limit.includesFee,
      ),
    });
  }
}

function standingOf(
  limitYen: Yen,
  use: LimitUse,
  days: Pick<LimitRequest, 'requestedOn' | 'designatedOn'>,
): LimitStanding[] {
  const left = leftOnEachBasis(limitYen, use);
  return [
    {
      basis: 'request_date',
      date: days.requestedOn,
      usedYen: use.requestDate,
      leftYen: left.request_date,
    },
    {
      basis: 'designated_date',
      date: days.designatedOn,
      usedYen: use.designatedDate,
      leftYen: left.designated_date,
    },
  ];
}
