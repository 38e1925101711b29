import { Inject, Injectable } from '@nestjs/common';
import {
  beginHold,
  holdMachine,
  stepHold,
  type HoldCode,
  type HoldEvent,
  type HoldFacts,
  type HoldName,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import { MattersService, type KeptMachine, type MatterName } from '../matters/index.js';

/**
 * The protective hold of INT-13, one matter for each: set, released, ended by its time, or become a demand of RKN-S4a.
 * What it takes away and gives back is told to the link by who tells the hold; its end by time both know by themselves.
 */
@Injectable()
export class HoldMatter implements KeptMachine<HoldName, HoldFacts, HoldEvent, HoldCode> {
  readonly machine = holdMachine;
  readonly step = stepHold;

  constructor(@Inject(MattersService) readonly matters: MattersService) {
    matters.register(this);
  }

  nameOf(institutionId: number, epspId: string, holdId: string): MatterName {
    return { institutionId, machine: holdMachine.name, key: `${epspId}/${holdId}` };
  }

  begin({ institutionId, key }: MatterName, now: Instant) {
    return beginHold(String(institutionId), this.partiesOf(key).epspId, now);
  }

  partiesOf(key: string): { readonly epspId: string; readonly holdId: string } {
    const [epspId = '', holdId = ''] = key.split('/');
    return { epspId, holdId };
  }

  onStep(): Promise<void> {
    return Promise.resolve();
  }
}
