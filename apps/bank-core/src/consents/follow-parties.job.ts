import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { LinksService } from '../links/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { ConsentNotices } from './consent-notices.js';
import { READ_FUNCTIONS } from './domain/consent.js';
import { partyStanding, type PartyStanding } from './domain/party-standing.js';
import { RecordChanges } from './record-changes.js';
import {
  consentsOfParty,
  freezeConsents,
  livePartiesOf,
  moveConsents,
  restingOnOnly,
  restingOnMore,
  thawConsents,
  type PartyKey,
} from './storage/consent-change.store.pg.js';

const EVERY_MS = 10_000;
/** How many change in one transaction: none of them waits long for another. */
const ROWS_MAX = 500;

/**
 * Freezes, revives and ends consents after what happened to their party: a stop, the end of an agreement or of a
 * partner's contract. Nothing waits for it: `check` refuses every call from the commit of the stop on.
 */
@Injectable()
export class FollowPartiesJob {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(LinksService) private readonly links: LinksService,
    @Inject(RecordChanges) private readonly records: RecordChanges,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {
    jobs.every(EVERY_MS, { name: 'follow-parties', run: () => this.run() });
  }

  async run(): Promise<void> {
    for (const { id } of await this.institutions.all()) {
      const parties = await this.database.inInstitution(id, (tx) => livePartiesOf(tx, id));
      for (const party of parties) while (await this.follow(id, party));
    }
  }

  /** One bite; true while more may be left. */
  private async follow(institutionId: number, party: PartyKey): Promise<boolean> {
    const at = await this.clock.now();
    return this.database.inInstitution(institutionId, async (tx) => {
      const standing = await this.standingOf(tx, institutionId, party, at);
      const changed = standing.ends
        ? await this.end(tx, institutionId, party, standing, at)
        : await this.freezeAndThaw(tx, institutionId, party, standing, at);
      return changed === ROWS_MAX;
    });
  }

  private async standingOf(
    tx: Transaction,
    institutionId: number,
    { epspId, chainPartnerId }: PartyKey,
    at: Instant,
  ): Promise<PartyStanding> {
    const today = CivilDate.inTokyo(at);
    const stops = new Map();
    for (const fn of READ_FUNCTIONS)
      stops.set(
        fn,
        await this.links.stopFor(tx, { institutionId, epspId, chainPartnerId, fn, at }),
      );
    return partyStanding({
      isCovered: await this.agreements.covers(epspId, institutionId, today),
      partner: await this.agreements.partner(chainPartnerId),
      stops,
      today,
    });
  }

  private async end(
    tx: Transaction,
    institutionId: number,
    party: PartyKey,
    { reason, actor }: Extract<PartyStanding, { ends: true }>,
    at: Instant,
  ): Promise<number> {
    const ended = await moveConsents(
      tx,
      { institutionId, change: 'revoked', state: 'revoked', reason, actor, at },
      ['authorised', 'frozen'],
      consentsOfParty(institutionId, party, ROWS_MAX),
    );
    const about = { institutionId, at, kind: 'consent_revoked', clause: 'RKN-C1a' };
    for (const consent of await this.records.append(tx, ended, about))
      await this.notices.tell(tx, consent, 'ended', { at, by: actor });
    return ended.length;
  }

  private async freezeAndThaw(
    tx: Transaction,
    institutionId: number,
    party: PartyKey,
    { stopped, since }: Extract<PartyStanding, { ends: false }>,
    at: Instant,
  ): Promise<number> {
    const about = { institutionId, at, actor: 'institution' } as const;
    const cause = 'link_stopped';
    const frozen =
      stopped.length === 0
        ? []
        : await freezeConsents(
            tx,
            { ...about, change: 'frozen', reason: cause },
            restingOnOnly(institutionId, party, stopped, ROWS_MAX),
          );
    const thawed = await thawConsents(
      tx,
      { ...about, change: 'resumed', reason: 'resumed', cause },
      restingOnMore(institutionId, party, stopped, ROWS_MAX),
    );
    const clause = 'RKN-S4c';
    const told = { institutionId, at, clause };
    const stoppedNow = await this.records.append(tx, frozen, { ...told, kind: 'consent_frozen' });
    const backNow = await this.records.append(tx, thawed, { ...told, kind: 'consent_thawed' });
    // Where the intermediary itself stopped its partner there is no measure of the bank to tell of.
    if (since !== undefined) await this.notices.tellStopped(tx, stoppedNow, { since, at });
    await this.notices.tellResumed(tx, backNow, at);
    return Math.max(frozen.length, thawed.length);
  }
}
