import { Inject, Injectable } from '@nestjs/common';
import { accepted, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { InstitutionsService, type InstitutionRefusal } from '../institutions/index.js';
import type { DailyLimit, LimitUse } from './domain/daily-limit.js';
import { effectiveLimit } from './domain/judge-daily-limit.js';
import { readLimitParameters } from './domain/limit-parameters.js';
import { notifiedLimitOf, usesOf } from './storage/limit.store.pg.js';

const PARAMETERS = ['P.sm.limit.cap', 'P.sm.limit.scope', 'P.sm.limit.includesFee'] as const;

/** The daily limit of a request and the sums it stands against (SM-5.3). */
@Injectable()
export class LimitsService {
  constructor(@Inject(InstitutionsService) private readonly institutions: InstitutionsService) {}

  /**
   * The limit in force on the day of the request: the cap may have changed without notice (SM-5.3-2).
   * Refuses with `parameter_unset`.
   */
  async limitFor(
    tx: Transaction,
    request: {
    institutionId: number;
    holderId: string;
    debitAccountId: string;
    hasOneTimePassword: boolean;
    on: CivilDate;
  },
  ): Promise<Result<DailyLimit, Refusal<InstitutionRefusal>>> {
    const values = await this.institutions.parameters(
      request.institutionId,
      PARAMETERS,
      request.on,
    );
    if (!values.ok) return values;
    const parameters = readLimitParameters(values.value);
    const cap = request.hasOneTimePassword ? parameters.capWithOtpYen : parameters.capYen;
    return accepted({
      subject: parameters.scope === 'account' ? request.debitAccountId : request.holderId,
      limitYen: effectiveLimit(
        await notifiedLimitOf(tx, request.institutionId, request.holderId),
        cap,
      ),
      includesFee: parameters.includesFee,
    });
  }

  /** The two sums before a request: received on `requestedOn`, designated for `designatedOn`. */
  usesOf(
    tx: Transaction,
    of: { institutionId: number; subject: string; requestedOn: CivilDate; designatedOn: CivilDate },
  ): Promise<readonly LimitUse[]> {
    return usesOf(tx, of);
  }
}
