import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CivilDate, type Clock } from '#libs/kernel';
import { platformProblem, ProblemDto } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { CLOCK } from '../../platform/platform.module.js';
import { AgreementsService } from '../agreements.service.js';
import { NOTICE_SECTIONS } from '../domain/published-notice.js';
import { publicProblem } from './public/public-problem.js';
import { sectionsToWire } from './agreement-wire.js';
import { NoticeSectionDto } from './public/notice.dto.js';

export class NoticeDto {
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$', maxLength: 31 }) epspId: string;
  @ApiProperty({ maxLength: 100, example: '株式会社みなと家計' }) nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Minato Kakei Inc.' }) nameEn: string;
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第9901号（見本）' })
  registration: string;
  @ApiProperty({ pattern: '^agr_[0-9a-z]{1,40}$', maxLength: 44 }) agreementId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) effectiveTo: string | null;
}

export class NoticesDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 }) bankCode: string;
  @ApiProperty({ maxLength: 100, example: '中央労働金庫' }) bankName: string;
  @ApiProperty({ format: 'date' }) on: string;
  @ApiProperty({ type: [NoticeDto], maxItems: 500 }) agreements: NoticeDto[];
  @ApiProperty({
    type: [NoticeSectionDto],
    minItems: 3,
    maxItems: 3,
    description: 'As the register words them today; each version has its own at /agreements/{id}.',
  })
  sections: NoticeSectionDto[];
}

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
  @publicProblem(400, 'The request is not well formed')
  @publicProblem(404, 'There is no such institution')
  @publicProblem(500, 'Something went wrong on our side')
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
        agreementId: version.id,
        version: version.version,
        effectiveFrom: version.effectiveFrom.toString(),
        effectiveTo: version.effectiveTo?.toString() ?? null,
      })),
      sections: sectionsToWire(NOTICE_SECTIONS),
    };
  }
}
