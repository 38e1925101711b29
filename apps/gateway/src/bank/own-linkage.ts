import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import type {
  BankCoreFile,
  OwnClosedDemandView,
  OwnLetterView,
  OwnMatterView,
  ReplyRequest,
  ReplyView,
  StatementRequest,
  StatementTakenView,
} from '#libs/bank-core-client';
import { BankService, type Caller, type Once } from './bank.service.js';
import type { CoreRefusal } from './core.problems.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

/** A part of a list that goes on: `before` is the id of the last entry of the page before. */
export interface ListPart {
  readonly before?: string | undefined;
  readonly limit: number;
}

const SELF = 'participants/self';

/** What is demanded of an intermediary, its letters, and what it answers (RKN-S4, RKN-C2). */
@Injectable()
export class OwnLinkage {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  /** One entry per institution and procedure, those that ask for nothing as well. */
  async matters(caller: Caller): Answer<readonly OwnMatterView[]> {
    const path = `${SELF}/matters`;
    const answer = await this.bank.ask<{ matters: OwnMatterView[] }>(caller, {
      method: 'GET',
      path,
    });
    return answer.ok ? accepted(answer.value.matters) : answer;
  }

  /** The newest first. Looking at the list is no arrival. */
  async letters(caller: Caller, { before, limit }: ListPart): Answer<readonly OwnLetterView[]> {
    const query = { before, limit: String(limit) };
    const path = `${SELF}/letters`;
    const answer = await this.bank.ask<{ letters: OwnLetterView[] }>(caller, {
      method: 'GET',
      path,
      query,
    });
    return answer.ok ? accepted(answer.value.letters) : answer;
  }

  /** Takes a letter: the first time that is its arrival (RKN-S4a, RKN-S4c, RKN-C2a). */
  fetchLetter(caller: Caller, documentId: string, form: string): Answer<BankCoreFile> {
    const path = `${SELF}/letters/${documentId}`;
    return this.bank.fetch(caller, { method: 'GET', path, query: { form } });
  }

  /** Once per key. Another's demand or request refuses as one that never was. */
  reply(caller: Caller, key: string, body: ReplyRequest): Answer<Once<ReplyView>> {
    return this.bank.askOnce(caller, key, { method: 'POST', path: `${SELF}/replies`, body });
  }

  /** What it says to a prior notice, once per key; taken until the notice's lead is over (RKN-S4c, RKN-C2b). */
  stateOnNotice(
    caller: Caller,
    key: string,
    noticeId: string,
    body: StatementRequest,
  ): Answer<Once<StatementTakenView>> {
    const path = `${SELF}/notices/${noticeId}/statements`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }

  /** Demands and requests that are over, the last to end first; `before` is the key of the last one seen. */
  async closedDemands(
    caller: Caller,
    { before, limit }: ListPart,
  ): Answer<readonly OwnClosedDemandView[]> {
    const query = { before, limit: String(limit) };
    const call = { method: 'GET', path: `${SELF}/closed-demands`, query } as const;
    const answer = await this.bank.ask<{ demands: OwnClosedDemandView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.demands) : answer;
  }
}
