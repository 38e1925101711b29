import { Inject, Injectable } from '@nestjs/common';
import { article13, smParameters } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database } from '#libs/platform';
import { HoldersService, type Holder } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { PasswordHasher } from '../platform/password-hasher.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { CredentialRefusal } from './domain/credential.refusals.js';
import { judgeAttempt } from './domain/decide-lock.js';
import { lockThreshold } from './domain/read-parameters.js';
import { pauseOf } from './domain/source-pace.js';
import { HolderLock } from './holder-lock.js';
import {
  countPasswordAttempt,
  forgetPasswordFailures,
  uncountPasswordAttempt,
  type CountedPassword,
} from './storage/credential.store.pg.js';
import { failuresOf, keyedHash, noteFailure } from './storage/login-source.store.pg.js';

export interface LoginAttempt {
  readonly institutionId: number;
  readonly loginId: string;
  readonly password: string;
  /** Where the attempt comes from: the address of the connection. */
  readonly source: string;
  readonly interactionId: string;
}

/** Who has proven to be the holder, and with which password. */
export interface Proven extends CountedPassword {
  readonly holder: Holder;
}

/** Stands in where no holder has the id, so that the same statements run and take as long (T-16). */
const NOBODY = 'hld_nobody';

@Injectable()
export class CheckLogin {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BANK_CONFIG) private readonly config: Pick<BankConfig, 'keyEncryptionKey'>,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(HolderLock) private readonly lock: HolderLock,
  ) {}

  /**
   * Slows a source that fails on many ids before any counter moves, counts the attempt, then hashes.
   * Unknown, wrong and locked take the same steps. Refuses with `login_slowed` or `login_failed`.
   * Source: SM-9.2, SM-R2.7, T-16, T-31.
   */
  async check(attempt: LoginAttempt): Promise<Result<Holder, Refusal<CredentialRefusal>>> {
    const proven = await this.proven(attempt, 'transfer');
    return proven.ok ? accepted(proven.value.holder) : proven;
  }

  /**
   * As `check`, for the operation at hand. A temporary password serves first use alone, and that in time: it refuses
   * with `first_use_required` or `temporary_password_expired` (SM-13.4). Answers the hash that was matched as well.
   */
  async proven(
    attempt: LoginAttempt,
    operation: 'login' | 'transfer',
  ): Promise<Result<Proven, Refusal<CredentialRefusal>>> {
    const now = await this.clock.now();
    const { institutionId } = attempt;
    const source = keyedHash(this.config.keyEncryptionKey, `source|${attempt.source}`);
    const threshold = await this.threshold(institutionId, now);
    // Unset means that nobody may log in and nothing is counted: there is no default (INT-12).
    if (threshold === undefined) return refused('login_failed');
    const counted = await this.database.inInstitution(institutionId, async (tx) => {
      const waitMs = pauseOf(await failuresOf(tx, source, now), now);
      if (waitMs > 0) return { waitMs } as const;
      const holder = await this.holders.byLoginId(tx, institutionId, attempt.loginId);
      const id = holder?.id ?? NOBODY;
      const entry = await countPasswordAttempt(tx, institutionId, id, 'login');
      return { holder, entry } as const;
    });
    if ('waitMs' in counted) {
      const seconds = Math.ceil((counted.waitMs ?? 0) / 1000);
      return refused('login_slowed', { facts: { retryAfterSeconds: seconds } });
    }
    const { holder, entry } = counted;
    const matches = await this.hasher
      .verify(entry?.hash, attempt.password)
      .catch(async (busy: unknown) => {
        await this.database.inInstitution(institutionId, (tx) =>
          uncountPasswordAttempt(tx, institutionId, holder?.id ?? NOBODY, 'login'),
        );
        throw busy;
      });
    const isRight = matches && holder?.serviceState === 'active';
    const verdict = judgeAttempt(entry?.attempt ?? 1, threshold, isRight);
    const serves = await this.serves(institutionId, entry?.temporaryMailedOn, operation, now);
    await this.database.inInstitution(institutionId, async (tx) => {
      const common = { institutionId, happenedAt: now, holderId: holder?.id };
      const { interactionId } = attempt;
      if (verdict === 'accept' && holder) {
        await forgetPasswordFailures(tx, institutionId, holder.id, 'login');
        const content = serves.ok
          ? { factors: ['login_id', 'login_password'] }
          : { clause: 'SM-13.4', refusal: serves.refusal.code };
        const kind = serves.ok ? 'login' : 'login_refused';
        await this.records.append(tx, { ...common, kind, interactionId, content });
        return;
      }
      const subject = `${institutionId}|${attempt.loginId}`;
      await noteFailure(tx, source, keyedHash(this.config.keyEncryptionKey, subject), now);
      const content = { clause: 'SM-9.2', attempt: entry?.attempt ?? 0 };
      await this.records.append(tx, { ...common, kind: 'login_failed', interactionId, content });
      if (verdict === 'lock' && holder) {
        const cause = { kind: 'login', attempt: entry?.attempt ?? 0, threshold } as const;
        await this.lock.lock(tx, institutionId, holder.id, cause, now);
      }
    });
    if (verdict !== 'accept' || !holder || !entry) return refused('login_failed');
    return serves.ok ? accepted({ holder, ...entry }) : serves;
  }

  /** Whether a password that was right serves this; every one but a temporary one does. Source: SM-13.4. */
  private async serves(
    institutionId: number,
    temporaryPasswordMailedOn: CivilDate | undefined,
    operation: 'login' | 'transfer',
    now: Instant,
  ): Promise<Result<void, Refusal<CredentialRefusal>>> {
    if (!temporaryPasswordMailedOn) return accepted(undefined);
    const table = { expiryDays: smParameters.temporaryPasswordExpiry };
    const read = await this.institutions.read(institutionId, table, CivilDate.inTokyo(now));
    if (!read.ok) return refused('login_failed');
    const facts = { temporaryPasswordMailedOn, now, firstUseDone: false, operation };
    const verdict = article13.clause('SM-13.4').apply(facts, read.value);
    return verdict === 'allowed' || verdict === 'first_use_only'
      ? accepted(undefined)
      : refused(verdict, { clause: 'SM-13.4' });
  }

  private async threshold(institutionId: number, now: Instant): Promise<number | undefined> {
    const { id } = smParameters.lockThreshold;
    const value = await this.institutions.parameter(institutionId, id, CivilDate.inTokyo(now));
    return value.ok ? lockThreshold(value.value, 'login') : undefined;
  }
}
