import { Inject, Injectable } from '@nestjs/common';
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
import { RecordsService } from '../records/index.js';
import type { Factor } from './domain/credential.js';
import type { CredentialRefusal } from './domain/credential.refusals.js';
import { judgeAttempt } from './domain/decide-lock.js';
import {
  factorsForIntermediaryTransfer,
  lockThreshold,
  wholeNumber,
} from './domain/read-parameters.js';
import { stepsAround } from './domain/totp.js';
import { HolderLock } from './holder-lock.js';
import {
  countOtpAttempt,
  countPasswordAttempt,
  forgetPasswordFailures,
  hasLiveOtp,
  useOtpStep,
} from './storage/credential.store.pg.js';
import { matchingStep } from './storage/one-time-code.js';
import { openSeed } from './storage/sealed-seed.js';

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

interface Rules {
  readonly factors: readonly Factor[];
  readonly threshold: number;
  readonly otpAttempts: number;
  readonly otpWindow: number;
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
    return rules.ok ? accepted(rules.value.factors) : rules;
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
    const { factors, threshold } = rules.value;
    const counted = await this.database.inInstitution(entry.institutionId, (tx) =>
      countPasswordAttempt(tx, entry.institutionId, entry.holderId, 'confirmation'),
    );
    const attempt = counted?.attempt ?? 1;
    const passwordMatches = await this.hasher.verify(counted?.hash, entry.confirmationPassword);
    return this.database.inInstitution(entry.institutionId, async (tx) => {
      const verdict = judgeAttempt(attempt, threshold, passwordMatches);
      const otpMatches =
        factors.includes('otp') && (await this.useOtp(tx, entry, rules.value, now));
      if (verdict === 'accept')
        await forgetPasswordFailures(tx, entry.institutionId, entry.holderId, 'confirmation');
      const matched = factors.filter(
        (factor) =>
          (factor === 'confirmation_password' && verdict === 'accept') ||
          (factor === 'otp' && otpMatches),
      );
      const isComplete = matched.length === factors.length;
      await this.record(tx, entry, now, isComplete, factors, matched);
      if (verdict === 'lock') {
        const cause = { kind: 'confirmation', attempt, threshold } as const;
        await this.lock.lock(tx, entry.institutionId, entry.holderId, cause, now);
      }
      return isComplete ? accepted({ factors: matched }) : refused('factors_not_matched');
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
    const seed = openSeed(this.config.keyEncryptionKey, entry, token.wrappedSeed);
    const steps = stepsAround(now, token.stepSeconds, rules.otpWindow);
    const step = matchingStep(seed, entry.otp, steps, token.digits);
    return step !== undefined && useOtpStep(tx, institutionId, holderId, step);
  }

  private async record(
    tx: Transaction,
    entry: ConfirmationEntry,
    now: Instant,
    isComplete: boolean,
    required: readonly Factor[],
    matched: readonly Factor[],
  ): Promise<void> {
    await this.records.append(tx, {
      institutionId: entry.institutionId,
      happenedAt: now,
      kind: isComplete ? 'factors_matched' : 'factors_not_matched',
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
    const read = (id: string) => this.institutions.parameter(institutionId, id, on);
    const matrix = await read('P.sm.factors.matrix');
    const threshold = await read('P.sm.lock.threshold');
    const attempts = await read('P.sm.otp.attempts');
    const window = await read('P.sm.otp.window');
    if (!matrix.ok || !threshold.ok || !attempts.ok || !window.ok)
      return refused('factors_not_available', { clause: 'SM-R2.7' });
    const otp = await this.database.inInstitution(institutionId, (tx) =>
      hasLiveOtp(tx, institutionId, holderId),
    );
    const factors = factorsForIntermediaryTransfer(matrix.value, { otp, mailPassword: false });
    if (!factors) return refused('factors_not_available', { clause: 'SM-R2.7' });
    return accepted({
      factors,
      threshold: lockThreshold(threshold.value, 'confirmation'),
      otpAttempts: wholeNumber(attempts.value, 'P.sm.otp.attempts'),
      otpWindow: wholeNumber(window.value, 'P.sm.otp.window'),
    });
  }
}
