import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantToWire } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { AgreementsService } from '../../agreements/index.js';
import { InstitutionsService } from '../../institutions/index.js';
import {
  BankCodes,
  horizonOf,
  Officer,
  OwnBanks,
  STAFF,
  StaffGuard,
  type StaffMember,
} from '../../staff/index.js';
import { measureSentences } from '../domain/measure.refusals.js';
import { ImpactService } from '../impact.service.js';
import { PropagationService } from '../propagation.service.js';
import { WatchService } from '../watch.service.js';
import { measureStatuses } from './measure.problems.js';
import { BankQuery } from './view.dto.js';
import { PreviewDto, PreviewsDto, PropagationDto, SuggestionDto, WatchDto } from './watch.dto.js';

/** What has come due, what a measure would do, and how far one has reached. Nothing here changes anything. */
@ApiTags('measures')
@Controller(STAFF)
@UseGuards(StaffGuard)
export class WatchController {
  constructor(
    @Inject(WatchService) private readonly watch: WatchService,
    @Inject(ImpactService) private readonly impact: ImpactService,
    @Inject(PropagationService) private readonly propagation: PropagationService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get('watch')
  @ApiOperation({
    operationId: 'getWatch',
    summary: '期限の来た事項（提案のみ）',
    ...{ 'x-summary-en': 'What has come due: proposals only' },
  })
  @ApiOkResponse({ type: WatchDto })
  async suggestions(@Officer() officer: StaffMember): Promise<WatchDto> {
    const horizon = horizonOf(officer);
    const suggestions: SuggestionDto[] = [];
    const missing = new Set<string>();
    for (const { id, bankCode } of await this.institutions.all()) {
      if (horizon !== 'all' && !horizon.includes(id)) continue;
      const { found, sourcesMissing } = await this.watch.at(id);
      for (const source of sourcesMissing) missing.add(source);
      for (const { rule, clause, proposes, since, facts, epspId, partnerId } of found)
        suggestions.push({
          bankCode,
          epspId,
          chainPartnerId: partnerId ?? null,
          rule,
          clause,
          proposes,
          since: since === undefined ? null : instantToWire(since),
          facts,
        });
    }
    return { suggestions, sourcesMissing: [...missing].sort() };
  }

  @Post('links/:epspId/measure-previews')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'previewMeasure',
    summary: '措置の影響の試算',
    ...{ 'x-summary-en': 'What a measure would do' },
  })
  @ApiOkResponse({ type: PreviewsDto })
  async preview(
    @Param('epspId') epspId: string,
    @Body() { bankCodes, removed }: PreviewDto,
    @Officer() officer: StaffMember,
  ): Promise<PreviewsDto> {
    if (!(await this.agreements.intermediary(epspId))) throw platformProblem('not_found');
    const previews = [];
    for (const bankCode of bankCodes) {
      const id = await this.banks.seenBy(officer, bankCode);
      const impact = await this.impact.at(id, epspId, removed, officer.mailAddress);
      if (!impact.ok) throw problemOf(impact.refusal, measureStatuses, measureSentences);
      previews.push({ bankCode, ...impact.value });
    }
    return { previews };
  }

  @Get('propagation')
  @ApiOperation({
    operationId: 'getPropagation',
    summary: '措置の反映状況（ゲートウェイごと）',
    ...{ 'x-summary-en': 'Which gateway node reached which link version, and when' },
  })
  @ApiOkResponse({ type: PropagationDto })
  async reached(
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<PropagationDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const versions = await this.propagation.newest(id);
    return {
      bankCode: await this.codes.codeOf(id),
      versions: versions.map(({ version, committedAt, nodes, silent }) => ({
        version: Number(version),
        committedAt: instantToWire(committedAt),
        nodes: nodes.map(({ node, reachedAt }) => ({ node, reachedAt: instantToWire(reachedAt) })),
        silent,
      })),
    };
  }
}
