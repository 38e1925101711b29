import { Inject, Injectable } from '@nestjs/common';
import {
  rknParameters,
  type ChainCode,
  type ChainEvent,
  type ChainFacts,
  type ChainName,
} from '#libs/contracts';
import { endOf, type Instant } from '#libs/kernel';
import { AgreementsService } from '../agreements/index.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import { aboutOfStop, stopEventOf } from './domain/stop-steps.js';
import type { StepContent } from './domain/step-content.js';
import { MeasureSteps, StepDesk } from './measure-steps.js';

/** The steps of RKN-C2 as proposals of two people. */
@Injectable()
export class StopSteps extends MeasureSteps<ChainName, ChainFacts, ChainEvent, ChainCode> {
  constructor(
    @Inject(StepDesk) desk: StepDesk,
    @Inject(ChainMatter) matter: ChainMatter,
    @Inject(AgreementsService) agreements: AgreementsService,
  ) {
    super(desk, matter, {
      kind: 'stop_step',
      parameters: { period: rknParameters.c2ReasonablePeriod, lead: rknParameters.c2NoticeLead },
      keyOf: ({ epspId, partnerId = '' }) => chainKeyOf(epspId, partnerId),
      eventOf: stopEventOf,
      aboutOf: aboutOfStop,
      prelude: (content, version, at) => contractFiled(agreements, content, version, at),
    });
  }
}

/** A partner under contract whose matter has not begun at this institution begins with that contract (RKN-C1a). */
export async function contractFiled(
  agreements: AgreementsService,
  { epspId, partnerId = '' }: Pick<StepContent, 'epspId' | 'partnerId'>,
  version: number,
  at: Instant,
): Promise<readonly ChainEvent[]> {
  const partner = version === 0 ? await agreements.partner(partnerId) : undefined;
  if (partner?.intermediaryId !== epspId || partner.status !== 'contracted') return [];
  const { contractTo } = partner;
  return [
    {
      type: 'contract_filed',
      id: `contract:${partnerId}`,
      happenedAt: at,
      method: partner.directions.join(', '),
      content: partner.functions.join(', '),
      ...(contractTo === undefined ? {} : { contractUntil: endOf(contractTo) - 1 }),
    },
  ];
}
