import { Inject, Injectable } from '@nestjs/common';
import type { FactorsRequired } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { PasswordHasher } from '../platform/password-hasher.js';
import { CLOCK } from '../platform/platform.module.js';
import { matchingStep } from '../platform/one-time-code.js';
import { openSeed } from '../platform/sealed-seed.js';
import { stepsAround } from '../platform/totp.js';
import { RecordsService } from '../records/index.js';
import type { Factor } from './domain/credential.js';
import type { CredentialRefusal } from './domain/credential.refusals.js';
import { judgeAttempt } from './domain/decide-lock.js';
import {
  allOf,
  CONFIRMATION_PARAMETERS,
  confirmationRules,
  factorsFor,
  isComplete,
  type ConfirmationRules,
} from './domain/read-parameters.js';
import { otpPlace } from './domain/otp-place.js';
import { HolderLock } from './holder-lock.js';
import {
  countOtpAttempt,
  countPasswordAttempt,
  forgetPasswordFailures,
  hasLiveOtp,
  uncountPasswordAttempt,
  useOtpStep,
} from './storage/credential.store.pg.js';

/** What a holder typed to fix one transfer, and the hash of the content that stood on the page (T-04). */
export interface ConfirmationEntry {
  readonly institutionId: number;
  readonly holderId: string;
  readonly confirmationPassword: string;
  readonly otp: string | undefined;
  readonly contentHash: string;
  readonly transferId: string;
  readonly interactionId: string;
}

interface Rules extends ConfirmationRules {
  readonly required: FactorsRequired;
}

type Refused = Refusal<CredentialRefusal>;

@Injectable()
export class CheckConfirmation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BANK_CONFIG) private readonly config: Pick<BankConfig, 'keyEncryptionKey'>,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(HolderLock) private readonly lock: HolderLock,
  ) {}

  /** The factors that a transfer through an intermediary needs from this holder (INT-30). */
  async required(
    institutionId: number,
    holderId: string,
  ): Promise<Result<readonly Factor[], Refused>> {
    const rules = await this.rules(institutionId, holderId, await this.clock.now());
    return rules.ok ? accepted(allOf(rules.value.required)) : rules;
  }

  /**
   * All required factors or none: which one failed is not said. 確認用パスワード counts under SM-9.2, the
   * one-time password on its own counter; a matched step is used up whatever else happens.
   * Refuses with `factors_not_available` or `factors_not_matched`. Source: SM-7.3a, SM-7.3c, INT-30, T-04.
   */
  async check(
    entry: ConfirmationEntry,
  ): Promise<Result<{ readonly factors: readonly Factor[] }, Refused>> {
    const now = await this.clock.now();
    const rules = await this.rules(entry.institutionId, entry.holderId, now);
    if (!rules.ok) return rules;
    const { required, threshold } = rules.value;
    const counted = await this.database.inInstitution(entry.institutionId, (tx) =>
      countPasswordAttempt(tx, entry.institutionId, entry.holderId, 'confirmation'),
    );
    const attempt = counted?.attempt ?? 1;
    const passwordMatches = await this.hasher
      .verify(counted?.hash, entry.confirmationPassword)
      .catch(async (busy: unknown) => {
        await this.database.inInstitution(entry.institutionId, (tx) =>
          uncountPasswordAttempt(tx, entry.institutionId, entry.holderId, 'confirmation'),
        );
        throw busy;
      });
    return this.database.inInstitution(entry.institutionId, async (tx) => {
      const verdict = judgeAttempt(attempt, threshold, passwordMatches);
      const matched: Factor[] = [];
      if (verdict === 'accept') {
        await forgetPasswordFailures(tx, entry.institutionId, entry.holderId, 'confirmation');
        matched.push('confirmation_password');
      }
      const wantsOtp = allOf(required).includes('one_time_password');
      if (wantsOtp && (await this.useOtp(tx, entry, rules.value, now)))
        matched.push('one_time_password');
      const suffices = isComplete(required, matched);
      await this.record(tx, entry, now, suffices, required, matched);
      if (verdict === 'lock') {
        const cause = { kind: 'confirmation', attempt, threshold } as const;
        await this.lock.lock(tx, entry.institutionId, entry.holderId, cause, now);
      }
      return suffices ? accepted({ factors: matched }) : refused('factors_not_matched');
    });
  }

  private async useOtp(
    tx: Transaction,
    entry: ConfirmationEntry,
    rules: Rules,
    now: Instant,
  ): Promise<boolean> {
    const { institutionId, holderId } = entry;
    const token = await countOtpAttempt(tx, institutionId, holderId);
    if (!token || token.attempt > rules.otpAttempts || !entry.otp) return false;
    const seed = openSeed(
      this.config.keyEncryptionKey,
      otpPlace(institutionId, holderId),
      token.wrappedSeed,
    );
    const steps = stepsAround(now, token.stepSeconds, rules.otpWindow);
    const step = matchingStep(seed, entry.otp, steps, token.digits);
    return step !== undefined && useOtpStep(tx, institutionId, holderId, step);
  }

  private async record(
    tx: Transaction,
    entry: ConfirmationEntry,
    now: Instant,
    suffices: boolean,
    required: FactorsRequired,
    matched: readonly Factor[],
  ): Promise<void> {
    await this.records.append(tx, {
      institutionId: entry.institutionId,
      happenedAt: now,
      kind: suffices ? 'factors_matched' : 'factors_not_matched',
      holderId: entry.holderId,
      transferId: entry.transferId,
      interactionId: entry.interactionId,
      content: { reading: 'INT-30', required, matched, contentHash: entry.contentHash },
    });
  }

  private async rules(
    institutionId: number,
    holderId: string,
    now: Instant,
  ): Promise<Result<Rules, Refused>> {
    const on = CivilDate.inTokyo(now);
    const values = await this.institutions.parameters(institutionId, CONFIRMATION_PARAMETERS, on);
    if (!values.ok) return refused('factors_not_available', { clause: 'SM-R2.7' });
    const otp = await this.database.inInstitution(institutionId, (tx) =>
      hasLiveOtp(tx, institutionId, holderId),
    );
    const rules = confirmationRules(values.value);
    const required = factorsFor(rules, { otp, mailPassword: false });
    return required.ok ? accepted({ ...rules, required: required.value }) : required;
  }
}
