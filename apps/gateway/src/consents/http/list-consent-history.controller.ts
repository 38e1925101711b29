import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ConsentPages } from '../consent-pages.js';
import { ConsentHistoryDto } from './consent-history.dto.js';
import { consentOf } from './consent-of.js';
import { ConsentParams, LIMIT_DEFAULT, PageQuery } from './consent.dto.js';
import { cursorProblem } from './consent.problems.js';
import { pageLinks } from './page-links.js';

/** Every version of a consent, and among them its extensions. */
@ApiTags('consents')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/consents/:consentId')
export class ListConsentHistoryController {
  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(ConsentPages) private readonly pages: ConsentPages,
  ) {}

  @Get('history')
  @Guarded({ kind: 'consent' })
  @Documented({
    id: 'listConsentHistory',
    ja: '同意の変更の履歴（新しい順）',
    en: 'What became of a consent, the newest first',
  })
  @ApiOkResponse({ type: ConsentHistoryDto })
  history(
    @CurrentAccess() access: Access,
    @Param() params: ConsentParams,
    @Query() query: PageQuery,
  ): Promise<ConsentHistoryDto> {
    return this.page(access, params, query, 'history', {});
  }

  @Get('extensions')
  @Guarded({ kind: 'consent' })
  @Documented({
    id: 'listConsentExtensions',
    ja: '同意の延長の一覧（延長は PAR の consent_extension で依頼）',
    en: 'Extensions of a consent; one is asked for by a push of type consent_extension',
  })
  @ApiOkResponse({ type: ConsentHistoryDto })
  extensions(
    @CurrentAccess() access: Access,
    @Param() params: ConsentParams,
    @Query() query: PageQuery,
  ): Promise<ConsentHistoryDto> {
    return this.page(access, params, query, 'extensions', { change: 'extended' });
  }

  private async page(
    access: Access,
    params: ConsentParams,
    { limit = LIMIT_DEFAULT, cursor }: PageQuery,
    name: 'history' | 'extensions',
    filter: { readonly change?: string },
  ): Promise<ConsentHistoryDto> {
    const { bankCode } = params;
    const { caller } = access;
    const consentId = consentOf(access, params);
    const list = [caller.clientId, bankCode, consentId, name].join('|');
    const after = this.pages.after(cursor, list);
    if (!after.ok) throw cursorProblem(after.refusal.code);
    const page = { ...filter, limit, after: after.value };
    const answer = await this.bank.consentHistory(caller, bankCode, consentId, page);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const { data, nextAfter, asOf } = answer.value;
    const next = nextAfter === null ? undefined : this.pages.seal(list, nextAfter);
    const path = `/v1/banks/${bankCode}/consents/${consentId}/${name}`;
    return {
      data: data.map((one) => ({
        ...one,
        reason: { ...one.reason },
        accountIds: [...one.accountIds],
      })),
      links: pageLinks(path, { limit, cursor }, next),
      meta: { count: data.length, hasMore: next !== undefined },
      asOf,
    };
  }
}
