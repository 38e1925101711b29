import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import type {
  FollowUpIncidentRequest,
  IncidentTakenView,
  OwnIncidentLineView,
  OwnIncidentView,
  ReportIncidentRequest,
} from '#libs/bank-core-client';
import { BankService, type Caller, type Once } from './bank.service.js';
import type { CoreRefusal } from './core.problems.js';
import type { ListPart } from './own-linkage.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

const INCIDENTS = 'participants/self/incidents';

/** What an intermediary tells of itself (RKN-S1, RKN-S2, RKN-C1): bank-core keeps it, and shows it its own alone. */
@Injectable()
export class OwnIncidents {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  /** The newest first. */
  async list(caller: Caller, { before, limit }: ListPart): Answer<readonly OwnIncidentLineView[]> {
    const query = { before, limit: String(limit) };
    const call = { method: 'GET', path: INCIDENTS, query } as const;
    const answer = await this.bank.ask<{ incidents: OwnIncidentLineView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.incidents) : answer;
  }

  one(caller: Caller, incidentId: string): Answer<OwnIncidentView> {
    return this.bank.ask(caller, { method: 'GET', path: `${INCIDENTS}/${incidentId}` });
  }

  report(
    caller: Caller,
    key: string,
    body: ReportIncidentRequest,
  ): Answer<Once<IncidentTakenView>> {
    return this.bank.askOnce(caller, key, { method: 'POST', path: INCIDENTS, body });
  }

  followUp(
    caller: Caller,
    key: string,
    incidentId: string,
    body: FollowUpIncidentRequest,
  ): Answer<Once<IncidentTakenView>> {
    const path = `${INCIDENTS}/${incidentId}/reports`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }
}
