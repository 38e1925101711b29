import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  CivilDate,
  days,
  periodAfter,
  refused,
  type Clock,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { smParameters } from '#libs/contracts';
import { Database } from '#libs/platform';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { PasswordHasher } from '../platform/password-hasher.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { CheckLogin, type LoginAttempt } from './check-login.js';
import type { CredentialRefusal } from './domain/credential.refusals.js';
import { temporaryPassword } from './domain/temporary-password.js';
import { replaceLoginPassword } from './storage/credential.store.pg.js';

/** What is printed on the letter, once; nothing of it is kept but a hash. */
export interface TemporaryPassword {
  readonly password: string;
  readonly mailedOn: CivilDate;
  /** The last day on which it serves. */
  readonly lastDay: CivilDate;
}

export type IssueRefusal = 'parameter_unset' | 'holder_unknown';

/** The password of the letter: it takes the place of the login password and serves first use alone (SM-13.4). */
@Injectable()
export class TemporaryPasswords {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(CheckLogin) private readonly login: CheckLogin,
  ) {}

  /** Makes one for the letter of today. Refuses with `parameter_unset`: a letter without an end is none (INT-12). */
  async issue(
    institutionId: number,
    holderId: string,
    by: string,
  ): Promise<Result<TemporaryPassword, Refusal<IssueRefusal>>> {
    const at = await this.clock.now();
    const mailedOn = CivilDate.inTokyo(at);
    const table = { expiryDays: smParameters.temporaryPasswordExpiry };
    const read = await this.institutions.read(institutionId, table, mailedOn);
    if (!read.ok) return refused('parameter_unset', { ...read.refusal, clause: 'SM-13.4' });
    const { lastDay } = periodAfter(mailedOn, days(read.value.expiryDays));
    const password = temporaryPassword();
    const hash = await this.hasher.hash(password);
    return this.database.inInstitution(institutionId, async (tx) => {
      if (!(await this.holders.byId(tx, institutionId, holderId))) return refused('holder_unknown');
      await replaceLoginPassword(tx, institutionId, holderId, { hash, mailedOn, at });
      await this.records.append(tx, {
        institutionId,
        happenedAt: at,
        kind: 'temporary_password_mailed',
        holderId,
        content: { clause: 'SM-13.4', lastDay: lastDay.toString(), by },
      });
      return accepted({ password, mailedOn, lastDay });
    });
  }

  /**
   * First use: the holder's own password takes the place of the letter's, once. Refuses as a log-in does, with
   * `temporary_password_expired` after the last day, and with `login_failed` where there is nothing to be first at.
   */
  async firstUse(
    attempt: LoginAttempt,
    newPassword: string,
  ): Promise<Result<void, Refusal<CredentialRefusal>>> {
    const proven = await this.login.proven(attempt, 'login');
    if (!proven.ok) return proven;
    const { holder, hash: over, temporaryMailedOn } = proven.value;
    if (!temporaryMailedOn) return refused('login_failed');
    const { institutionId, interactionId } = attempt;
    const at = await this.clock.now();
    const hash = await this.hasher.hash(newPassword);
    return this.database.inInstitution(institutionId, async (tx) => {
      const own = { hash, mailedOn: undefined, at, over };
      if (!(await replaceLoginPassword(tx, institutionId, holder.id, own)))
        return refused('login_failed');
      await this.records.append(tx, {
        institutionId,
        happenedAt: at,
        kind: 'first_used',
        holderId: holder.id,
        interactionId,
        content: { clause: 'SM-13.4', mailedOn: temporaryMailedOn.toString() },
      });
      return accepted(undefined);
    });
  }
}
