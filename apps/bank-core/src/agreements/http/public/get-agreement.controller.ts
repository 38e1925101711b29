import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { platformProblem, ProblemDto } from '#libs/platform';
import type { DocumentForm } from '../../../documents/index.js';
import { InstitutionsService, type Institution } from '../../../institutions/index.js';
import { AgreementFilesService, type AgreementView } from '../../agreement-files.service.js';
import { sectionsOf, type AgreementFile } from '../../domain/agreement-file.js';
import { sectionsToWire } from '../agreement-wire.js';
import { agreementPage } from './agreement-page.js';
import { PublicAgreementDto, type PublicVersionDto } from './agreement.dto.js';
import { publicProblem } from './public-problem.js';

const FORMS = ['pdf', 'html', 'json'] as const;
/** Nothing runs and nothing is fetched: the page's own style alone. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class PublicationQuery {
  @ApiPropertyOptional({ enum: FORMS })
  @IsOptional()
  @IsIn(FORMS)
  form?: DocumentForm;
}

const Version = () =>
  ApiParam({
    name: 'agreementId',
    schema: { type: 'string', pattern: '^agr_[0-9a-z]{1,40}$', maxLength: 44 },
  });

/** 公表: one version of an agreement, also a past one or one to come, for everybody (RKN-0.1). */
@ApiTags('notices')
@ApiExtraModels(ProblemDto)
@Controller('public/v1/agreements')
export class GetAgreementController {
  constructor(
    @Inject(AgreementFilesService) private readonly files: AgreementFilesService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  @Get(':agreementId')
  @ApiOperation({
    operationId: 'getPublishedAgreement',
    summary: '公表する契約の内容（版ごと）',
    ...{ 'x-summary-en': 'What is published of one version (RKN-0.1)' },
  })
  @Version()
  @ApiOkResponse({ type: PublicAgreementDto })
  @publicProblem(400, 'The request is not well formed')
  @publicProblem(404, 'There is no such version')
  @publicProblem(500, 'Something went wrong on our side')
  async get(
    @Param('agreementId') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicAgreementDto> {
    const shown = await this.shown(id);
    void reply.header('cache-control', 'public, max-age=300');
    return shown;
  }

  @Get(':agreementId/page')
  @ApiOperation({
    operationId: 'getPublishedPage',
    summary: '公表する契約の内容（ページ）',
    ...{ 'x-summary-en': 'The same as a page' },
  })
  @Version()
  @ApiProduces('text/html')
  @ApiOkResponse({
    content: {
      'text/html': { schema: { type: 'string', format: 'binary', maxLength: 2_000_000 } },
    },
  })
  @publicProblem(400, 'The request is not well formed')
  @publicProblem(404, 'There is no such version')
  @publicProblem(500, 'Something went wrong on our side')
  async page(@Param('agreementId') id: string, @Res() reply: FastifyReply): Promise<void> {
    const page = agreementPage(await this.shown(id));
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'public, max-age=300')
      .send(page);
  }

  @Get(':agreementId/document')
  @ApiOperation({
    operationId: 'getPublishedDocument',
    summary: '公表の文書（署名付き）',
    ...{ 'x-summary-en': 'The signed publication of a version' },
  })
  @Version()
  @ApiProduces('application/pdf', 'text/html', 'application/json')
  @ApiOkResponse({
    content: {
      'application/pdf': { schema: { type: 'string', format: 'binary', maxLength: 20_000_000 } },
    },
  })
  @publicProblem(400, 'The request is not well formed')
  @publicProblem(404, 'There is no such version, or no document of it')
  @publicProblem(500, 'Something went wrong on our side')
  async document(
    @Param('agreementId') id: string,
    @Query() { form = 'pdf' }: PublicationQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const drawn = await this.files.publication(id, form);
    if (!drawn.ok) throw platformProblem('not_found');
    const { mediaType, fileName, bytes } = drawn.value;
    await reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(bytes));
  }

  private async shown(id: string): Promise<PublicAgreementDto> {
    const view = /^agr_[0-9a-z]{1,40}$/.test(id) ? await this.files.find(id) : undefined;
    if (!view) throw platformProblem('not_found');
    const all = await this.institutions.all();
    return publicToWire(view, all);
  }
}

function publicToWire(view: AgreementView, all: readonly Institution[]): PublicAgreementDto {
  const { file, intermediary, series, currentId, today } = view;
  const byId = new Map(all.map((one) => [one.id, one]));
  const party = all.find(({ id, kind }) =>
    file.partyId === undefined ? kind === 'federation' : id === file.partyId,
  );
  return {
    ...versionToWire(file, currentId),
    on: today.toString(),
    intermediary: {
      epspId: intermediary.id,
      nameJa: intermediary.nameJa,
      nameEn: intermediary.nameEn,
      registration: intermediary.registration,
    },
    institution: { ja: party?.nameJa ?? '', en: party?.nameEn ?? '' },
    banks: file.coverage.map(({ institutionId, from, to }) => ({
      bankCode: byId.get(institutionId)?.bankCode ?? '',
      nameJa: byId.get(institutionId)?.nameJa ?? '',
      nameEn: byId.get(institutionId)?.nameEn ?? '',
      from: from.toString(),
      to: to?.toString() ?? null,
    })),
    sections: sectionsToWire(sectionsOf(file)),
    versions: series.map((one) => versionToWire(one, currentId)),
    hasDocument: file.documentId !== undefined,
  };
}

const versionToWire = (file: AgreementFile, currentId: string | undefined): PublicVersionDto => ({
  agreementId: file.id,
  version: file.version,
  effectiveFrom: file.effectiveFrom.toString(),
  effectiveTo: file.effectiveTo?.toString() ?? null,
  isCurrent: file.id === currentId,
});
