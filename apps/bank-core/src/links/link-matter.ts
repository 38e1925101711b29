import { Inject, Injectable } from '@nestjs/common';
import {
  beginLink,
  linkMachine,
  stepLink,
  type LinkCode,
  type LinkEvent,
  type LinkFacts,
  type LinkName,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import {
  MattersService,
  type KeptMachine,
  type MatterName,
  type TakenStep,
} from '../matters/index.js';
import { changeLink } from './change-link.js';
import { projectLink } from './domain/project-link.js';
import { putStates } from './storage/link.store.pg.js';

/**
 * The link machine with its one effect: under the exclusive lock the table is written anew from all that is in
 * force, and the version is raised. Lock order: matter, then link; no 確定 takes a matter's lock (RKN-S4c, INT-17).
 */
@Injectable()
export class LinkMatter implements KeptMachine<LinkName, LinkFacts, LinkEvent, LinkCode> {
  readonly machine = linkMachine;
  readonly step = stepLink;

  constructor(@Inject(MattersService) matters: MattersService) {
    matters.register(this);
  }

  begin({ institutionId, key }: MatterName, now: Instant) {
    return beginLink(String(institutionId), key, now);
  }

  async onStep(
    tx: Transaction,
    { matter, stepped, at }: TakenStep<LinkName, LinkFacts, LinkEvent>,
  ): Promise<void> {
    const { institutionId, key: epspId } = matter;
    await changeLink(tx, institutionId, at, () =>
      putStates(tx, institutionId, epspId, projectLink(epspId, stepped.state, at), at),
    );
  }
}
