import { Inject, Injectable } from '@nestjs/common';
import {
  authorityOfChain,
  beginChain,
  chainMachine,
  stepChain,
  type ChainCode,
  type ChainEvent,
  type ChainFacts,
  type ChainName,
  type ChainState,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { MatterName } from '../matters/index.js';
import { MeasureMatter, ProcedureDesk } from './measure-matter.js';

/** Of which intermediary and which partner: what identifies a chain connection at an institution (RKN-C1, C2). */
export const chainKeyOf = (epspId: string, partnerId: string): string => `${epspId}/${partnerId}`;

/** The chain connection per institution, intermediary and partner, from its contract to its end. */
@Injectable()
export class ChainMatter extends MeasureMatter<ChainName, ChainFacts, ChainEvent, ChainCode> {
  readonly machine = chainMachine;
  readonly basis = 'RKN-C2b';

  constructor(@Inject(ProcedureDesk) desk: ProcedureDesk) {
    super(desk);
    desk.matters.register(this);
  }

  step(state: ChainState, event: ChainEvent, now: Instant) {
    return stepChain(state, event, now);
  }

  begin({ institutionId, key }: MatterName, now: Instant) {
    const { epspId, partnerId } = this.partiesOf(key);
    return beginChain(
      { institution: String(institutionId), epsp: epspId, partner: partnerId },
      now,
    );
  }

  authorityOf(state: ChainState) {
    return authorityOfChain(state);
  }

  partiesOf(key: string) {
    const [epspId = '', partnerId = ''] = key.split('/');
    return { epspId, partnerId };
  }
}
