import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CivilDate, type Clock } from '#libs/kernel';
import { platformProblem, ProblemDto } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { CLOCK } from '../../platform/platform.module.js';
import { AgreementsService } from '../agreements.service.js';
import { NOTICE_SECTIONS } from '../domain/published-notice.js';

export class NoticeWordsDto {
  @ApiProperty({ maxLength: 500, example: '賠償責任の分担' }) ja: string;
  @ApiProperty({ maxLength: 500, example: 'Sharing of liability' }) en: string;
}

export class NoticeClauseDto extends NoticeWordsDto {
  @ApiProperty({ maxLength: 20, example: 'RKN-L1a' }) id: string;
}

export class NoticeSectionDto {
  @ApiProperty({ enum: ['loss_sharing', 'user_information', 'chain_connection'] }) heading: string;
  @ApiProperty({ type: NoticeWordsDto }) title: NoticeWordsDto;
  @ApiProperty({ type: [NoticeClauseDto], maxItems: 100 }) clauses: NoticeClauseDto[];
}

export class NoticeDto {
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$', maxLength: 31 }) epspId: string;
  @ApiProperty({ maxLength: 100, example: '株式会社みなと家計' }) nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Minato Kakei Inc.' }) nameEn: string;
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第9901号（見本）' })
  registration: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) effectiveTo: string | null;
}

export class NoticesDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 }) bankCode: string;
  @ApiProperty({ maxLength: 100, example: '中央労働金庫' }) bankName: string;
  @ApiProperty({ format: 'date' }) on: string;
  @ApiProperty({ type: [NoticeDto], maxItems: 500 }) agreements: NoticeDto[];
  @ApiProperty({ type: [NoticeSectionDto], minItems: 3, maxItems: 3 })
  sections: NoticeSectionDto[];
}

const problem = (status: number, description: string) =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
  });

/** 公表: with whom the institution has contracts and what they say of the three items of RKN-0.1. */
@ApiTags('notices')
@ApiExtraModels(ProblemDto)
@Controller('public/v1/notices')
export class GetNoticesController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':bankCode')
  @ApiOperation({
    operationId: 'getNotices',
    summary: '電子決済等代行業者との契約の公表',
    ...{ 'x-summary-en': 'What the institution publishes of its contracts (RKN-0.1)' },
  })
  @ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
  @ApiOkResponse({ type: NoticesDto })
  @problem(400, 'The request is not well formed')
  @problem(404, 'There is no such institution')
  @problem(500, 'Something went wrong on our side')
  async get(
    @Param('bankCode') bankCode: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticesDto> {
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    const today = CivilDate.inTokyo(await this.clock.now());
    const notices = await this.agreements.notices(institution.id, today);
    void reply.header('cache-control', 'public, max-age=300');
    return {
      bankCode,
      bankName: institution.nameJa,
      on: today.toString(),
      agreements: notices.map(({ intermediary, version }) => ({
        epspId: intermediary.id,
        nameJa: intermediary.nameJa,
        nameEn: intermediary.nameEn,
        registration: intermediary.registration,
        version: version.version,
        effectiveFrom: version.effectiveFrom.toString(),
        effectiveTo: version.effectiveTo?.toString() ?? null,
      })),
      sections: NOTICE_SECTIONS.map(({ heading, title, clauses }) => ({
        heading,
        title: { ...title },
        clauses: clauses.map((clause) => ({ ...clause })),
      })),
    };
  }
}
