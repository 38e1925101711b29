import { Inject, Injectable, Logger } from '@nestjs/common';
import { smParameters } from '#libs/contracts';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService } from '../accounts/index.js';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { ConsentNotices } from './consent-notices.js';
import { isOutOfReach } from './domain/account-reach.js';
import { RecordChanges } from './record-changes.js';
import { liveAccountsAfter, markUnavailable } from './storage/consent-account.store.pg.js';
import type { LiveAccount } from './storage/consent-account.store.pg.js';
import { moveConsents, noteChange, theConsent } from './storage/consent-change.store.pg.js';

const EVERY_MS = 60_000;
const ROWS_MAX = 1_000;
const TABLE = { inquiryAfterClose: smParameters.inquiryAfterClose };

interface AccountGone {
  readonly institutionId: number;
  readonly consentId: string;
  readonly accountId: string;
  /** Why the consent ends, where this was its last account. */
  readonly reason: string;
  readonly at: Instant;
}

/**
 * Takes accounts out of consents when they can be read no more: closed and past the period of SM-4.3, or removed from
 * the service (SM-12.2). Where none is left the consent ends, and with the main account all of them (SM-11.3b, X-03).
 */
@Injectable()
export class FollowAccountsJob {
  private readonly log = new Logger('FollowAccountsJob');

  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RecordChanges) private readonly records: RecordChanges,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {
    jobs.every(EVERY_MS, { name: 'follow-accounts', run: () => this.run() });
  }

  run(): Promise<void> {
    return inTurn(this.institutions, async (id) => {
      let after: LiveAccount | undefined;
      do after = await this.page(id, after);
      while (after);
    });
  }

  /** One page of living accounts; answers where the next one begins. */
  private async page(
    institutionId: number,
    after: LiveAccount | undefined,
  ): Promise<LiveAccount | undefined> {
    const at = await this.clock.now();
    const today = CivilDate.inTokyo(at);
    const read = await this.institutions.read(institutionId, TABLE, today);
    if (!read.ok) {
      this.log.error(`institution ${institutionId}: ${read.refusal.code}`);
      return undefined;
    }
    return this.database.inInstitution(institutionId, async (tx) => {
      const live = await liveAccountsAfter(tx, institutionId, after, ROWS_MAX);
      const standings = await this.accounts.standingsOf(tx, institutionId, live);
      for (const [i, { consentId, accountId }] of live.entries()) {
        const standing = standings[i];
        if (!isOutOfReach(standing, today, read.value.inquiryAfterClose)) continue;
        const reason = standing?.mainAccountClosed ? 'customer_left' : 'no_account_left';
        await this.takeOut(tx, { institutionId, consentId, accountId, reason, at });
      }
      return live.length === ROWS_MAX ? live.at(-1) : undefined;
    });
  }

  private async takeOut(
    tx: Transaction,
    { institutionId, consentId, accountId, reason: end, at }: AccountGone,
  ): Promise<void> {
    const reason = 'account_unavailable';
    const about = { institutionId, at, actor: 'institution' } as const;
    const marked = { accountIds: [accountId], reason };
    const { isAnyLeft } = await markUnavailable(tx, institutionId, consentId, marked, at);
    await noteChange(tx, [consentId], { ...about, change: 'account_unavailable', reason });
    if (isAnyLeft) return;
    const ended = await moveConsents(
      tx,
      { ...about, change: 'revoked', state: 'revoked', reason: end, actor: 'system' },
      ['authorised', 'frozen'],
      theConsent(consentId),
    );
    const record = { institutionId, at, kind: 'consent_revoked', clause: 'SM-11.3b' };
    for (const consent of await this.records.append(tx, ended, record))
      await this.notices.tell(tx, consent, 'ended', { at });
  }
}
