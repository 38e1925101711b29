import { Inject, Injectable } from '@nestjs/common';
import type { Instant, Refusal, Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Holder } from '../holders/index.js';
import { CheckConfirmation, type ConfirmationEntry } from './check-confirmation.js';
import { CheckLogin, type LoginAttempt } from './check-login.js';
import type { Factor } from './domain/credential.js';
import type { CredentialRefusal } from './domain/credential.refusals.js';
import { HolderLock } from './holder-lock.js';

/** Who the holder is: login, confirmation, lock. Secrets enter here and nowhere else; none ever leaves. */
@Injectable()
export class CredentialsService {
  constructor(
    @Inject(CheckLogin) private readonly login: CheckLogin,
    @Inject(CheckConfirmation) private readonly confirmation: CheckConfirmation,
    @Inject(HolderLock) private readonly lock: HolderLock,
  ) {}

  /** Login ID and login password (SM-R2.7). Refuses with `login_slowed` or `login_failed`. */
  checkLogin(attempt: LoginAttempt): Promise<Result<Holder, Refusal<CredentialRefusal>>> {
    return this.login.check(attempt);
  }

  /** Which factors a transfer through an intermediary needs (INT-30). Refuses with `factors_not_available`. */
  requiredFactors(
    institutionId: number,
    holderId: string,
  ): Promise<Result<readonly Factor[], Refusal<CredentialRefusal>>> {
    return this.confirmation.required(institutionId, holderId);
  }

  /**
   * 確認用パスワード with its second factor, bound to one content hash. Refuses with `factors_not_matched`
   * or `factors_not_available`.
   */
  checkConfirmation(
    entry: ConfirmationEntry,
  ): Promise<Result<{ readonly factors: readonly Factor[] }, Refusal<CredentialRefusal>>> {
    return this.confirmation.check(entry);
  }

  /** Reopens a service that SM-9.2 stopped, on the branch's form. */
  unlock(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    basis: { by: string; form: string },
    at: Instant,
  ): Promise<boolean> {
    return this.lock.unlock(tx, institutionId, holderId, basis, at);
  }
}
