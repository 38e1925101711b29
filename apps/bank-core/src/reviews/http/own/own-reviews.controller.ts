import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire } from '#libs/kernel';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { nameOfVersion } from '../../domain/standard.js';
import { FilingsService, type ReviewStanding } from '../../filings.service.js';
import { StandardsService } from '../../standards.service.js';
import { gapToWire, itemToWire } from '../view.dto.js';
import {
  OwnGapsDto,
  OwnReviewsDto,
  OwnStandardsDto,
  type OwnGapDto,
  type OwnReviewDto,
} from './own-view.dto.js';

/** The intermediary's side: what is asked, where its reviews stand, what it lacks and until when (RKN-S3). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/security`)
export class OwnReviewsController {
  constructor(
    @Inject(StandardsService) private readonly standards: StandardsService,
    @Inject(FilingsService) private readonly filings: FilingsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get('reviews')
  @ApiOperation({ operationId: 'listOwnReviews', summary: '金融機関ごとの審査の状況' })
  @ApiOkResponse({ type: OwnReviewsDto })
  async reviews(@Req() request: FastifyRequest): Promise<OwnReviewsDto> {
    const standings = await this.filings.standings(internalCaller(request).epspId);
    return { reviews: await Promise.all(standings.map((one) => this.reviewToWire(one))) };
  }

  @Get('standards')
  @ApiOperation({ operationId: 'listOwnStandards', summary: '自社に適用される基準と項目' })
  @ApiOkResponse({ type: OwnStandardsDto })
  async asked(@Req() request: FastifyRequest): Promise<OwnStandardsDto> {
    const { epspId } = internalCaller(request);
    const standards = await this.standards.applicableTo(epspId);
    const asked = await this.standards.askedOf(epspId);
    const codeOf = await this.codesOf(standards.map(({ institutionId }) => institutionId));
    return {
      standards: standards.map((one) => ({
        bankCode: codeOf(one.institutionId),
        version: nameOfVersion(one.version),
        effectiveFrom: one.effectiveFrom.toString(),
        publishedAt: instantToWire(one.publishedAt),
        contentHash: one.contentHash,
      })),
      items: asked.map(({ item, wording, askedBy }) => ({
        ...itemToWire(item),
        wording,
        askedBy: askedBy.map(({ institutionId, levelRequired }) => ({
          bankCode: codeOf(institutionId),
          levelRequired,
        })),
      })),
    };
  }

  @Get('gaps')
  @ApiOperation({ operationId: 'listOwnGaps', summary: '新しい基準との差異と期限' })
  @ApiOkResponse({ type: OwnGapsDto })
  async gaps(@Req() request: FastifyRequest): Promise<OwnGapsDto> {
    const standings = await this.filings.standings(internalCaller(request).epspId);
    const gaps: OwnGapDto[] = [];
    for (const { institutionId, openGaps } of standings) {
      const bankCode = await this.codes.codeOf(institutionId);
      gaps.push(...openGaps.map((gap) => ({ bankCode, ...gapToWire(gap) })));
    }
    return { gaps };
  }

  private async codesOf(ids: readonly number[]): Promise<(id: number) => string> {
    const codes = await Promise.all(
      ids.map(async (id) => [id, await this.codes.codeOf(id)] as const),
    );
    const byId = new Map(codes);
    return (id) => byId.get(id) ?? '';
  }

  private async reviewToWire(standing: ReviewStanding): Promise<OwnReviewDto> {
    const { institutionId, state, duties, standard, openGaps } = standing;
    return {
      bankCode: await this.codes.codeOf(institutionId),
      state: state.name,
      since: instantToWire(state.since),
      submissionId: state.facts.submissionId ?? null,
      standardVersion: standard ? nameOfVersion(standard.version) : null,
      attestationDue: state.facts.attestationDue,
      gapOverdue: state.facts.gapOverdue,
      openGaps: openGaps.length,
      deadlines: state.deadlines.map(({ name, clause, dueAt }) => ({
        name,
        clause,
        dueAt: instantToWire(dueAt),
      })),
      duties: duties
        .filter(({ who }) => who === 'epsp')
        .map(({ what, clause, by }) => ({
          ...what,
          clause,
          by: by === undefined ? null : instantToWire(by),
        })),
    };
  }
}
