import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ConsentPages } from '../consent-pages.js';
import { BankParams, ConsentsDto, ConsentsQuery, LIMIT_DEFAULT, toConsent } from './consent.dto.js';
import { cursorProblem } from './consent.problems.js';
import { pageLinks } from './page-links.js';

@ApiTags('consents')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/consents')
export class ListConsentsController {
  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(ConsentPages) private readonly pages: ConsentPages,
  ) {}

  @Get()
  @Guarded({ kind: 'consent' })
  @Documented({
    id: 'listConsents',
    ja: '自社の同意の一覧（新しい順）',
    en: 'Your own consents in every state, the newest first',
  })
  @ApiOkResponse({ type: ConsentsDto })
  async list(
    @CurrentAccess() access: Access,
    @Param() { bankCode }: BankParams,
    @Query() query: ConsentsQuery,
  ): Promise<ConsentsDto> {
    const { caller, grant } = access;
    const { state, limit = LIMIT_DEFAULT, cursor } = query;
    const path = `/v1/banks/${bankCode}/consents`;
    if (grant?.consentId !== undefined) return this.theOne(access, grant.consentId, path, query);
    const list = [caller.clientId, bankCode, 'consents', state ?? ''].join('|');
    const after = this.pages.after(cursor, list);
    if (!after.ok) throw cursorProblem(after.refusal.code);
    const answer = await this.bank.consents(caller, bankCode, {
      state,
      limit,
      after: after.value,
    });
    if (!answer.ok) throw coreProblem(answer.refusal);
    const { data, nextAfter, asOf } = answer.value;
    const next = nextAfter === null ? undefined : this.pages.seal(list, nextAfter);
    return {
      data: data.map((view) => toConsent(bankCode, view)),
      links: pageLinks(path, { state, limit, cursor }, next),
      meta: { count: data.length, hasMore: next !== undefined },
      asOf,
    };
  }

  /** A user's token lists the one consent that it rests on. */
  private async theOne(
    { caller, bankCode }: Access,
    consentId: string,
    path: string,
    { state }: ConsentsQuery,
  ): Promise<ConsentsDto> {
    const answer = await this.bank.consent(caller, bankCode, consentId);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const isAsked = state === undefined || state === answer.value.state;
    const data = isAsked ? [toConsent(bankCode, answer.value)] : [];
    return {
      data,
      links: pageLinks(path, { state }, undefined),
      meta: { count: data.length, hasMore: false },
      asOf: answer.value.asOf,
    };
  }
}
