import { Inject, Injectable, Optional } from '@nestjs/common';
import { assert, type Clock } from '#libs/kernel';
import type { HoldEvent, HoldState } from '#libs/contracts';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { HoldAdoption, HoldMatter } from '../links/index.js';
import type { MatterName } from '../matters/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import type { EventExtras } from './domain/step-content.js';
import { LetterSender } from './letter-sender.js';
import { LetterStore } from './storage/letter.store.pg.js';

const LOOK_EVERY_MS = 15_000;

/**
 * Writes to the intermediary what the machine of a protective hold has to tell: that it was set, and that it ended.
 * Holds are set at a terminal as well, where no letters are signed: whoever set it, the server writes, once. One from
 * before holds were matters becomes one here.
 */
@Injectable()
export class HoldLetters {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(HoldMatter) private readonly hold: HoldMatter,
    @Inject(HoldAdoption) private readonly adoption: HoldAdoption,
    @Inject(LetterSender) private readonly sender: LetterSender,
    @Inject(LetterStore) private readonly letters: LetterStore,
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, { name: 'hold-letters', run: () => this.write() });
  }

  async write(): Promise<void> {
    for (const { id } of await this.institutions.all()) {
      await this.adoption.at(id);
      const unwritten = await this.database.inInstitution(id, (tx) =>
        this.letters.mattersWithout(tx, this.hold.machine.name),
      );
      for (const key of unwritten) {
        const name = { institutionId: id, machine: this.hold.machine.name, key };
        await this.database.inInstitution(id, (tx) => this.writeFor(tx, name));
      }
    }
  }

  /** What happened is told to the machine again, so that the letters are the ones that it asks for. */
  private async writeFor(tx: Transaction, name: MatterName): Promise<void> {
    const { matters } = this.hold;
    const { epspId } = this.hold.partiesOf(name.key);
    const written = new Set(await this.letters.noticesOf(tx, name));
    const at = await this.clock.now();
    let state: HoldState | undefined;
    for (const { event, recordedAt } of await matters.history(tx, name)) {
      state ??= this.hold.begin(name, recordedAt);
      const stepped = this.hold.step(state, event as HoldEvent, recordedAt);
      assert(stepped.ok, `What moved ${name.key} once moves it again.`);
      state = stepped.value.state;
      for (const notice of stepped.value.notices.filter(({ to }) => to === 'epsp')) {
        if (written.has(notice.kind)) continue;
        await this.sender.send(tx, {
          matter: name,
          epspId,
          partnerId: undefined,
          notice,
          event: extrasOf(event as HoldEvent),
          announced: undefined,
          duties: stepped.value.duties,
          at,
        });
      }
    }
  }
}

const extrasOf = (event: HoldEvent): EventExtras => ({
  ...('reason' in event ? { reason: event.reason } : {}),
  ...('latestEnd' in event ? { until: event.latestEnd } : {}),
});
