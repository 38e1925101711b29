import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FILE_BODY, platformProblem, readFileBody } from '#libs/platform';
import { Officer, STAFF, StaffGuard, StaffRoles, type StaffMember } from '../../../staff/index.js';
import { TEMPLATE_BYTES_MAX } from '../../csv-table.js';
import { TemplatesService } from '../../templates.service.js';
import { templateFile } from '../export-files.js';
import { reviewProblem } from '../review.problem.js';
import { AnswersTable, sendFile } from '../send-file.js';
import { TemplateFileDto } from '../files.dto.js';
import { ImportQuery, TemplateFileQuery } from './review-requests.dto.js';
import { TemplateDto, TemplatesDto, templateToWire } from './review-views.dto.js';

/** Templates of checklists: what standards are made from (RKN-S3a). */
@ApiTags('reviews')
@Controller(`${STAFF}/checklist-templates`)
@UseGuards(StaffGuard)
export class TemplatesController {
  constructor(@Inject(TemplatesService) private readonly templates: TemplatesService) {}

  @Get()
  @ApiOperation({
    operationId: 'listTemplates',
    summary: '点検表のひな形の一覧',
    ...{ 'x-summary-en': 'Templates of checklists' },
  })
  @ApiOkResponse({ type: TemplatesDto })
  async list(): Promise<TemplatesDto> {
    return { templates: (await this.templates.list()).map(templateToWire) };
  }

  @Post()
  @StaffRoles('compliance', 'federation_officer')
  @ApiOperation({
    operationId: 'importTemplate',
    summary: '点検表のひな形の取込み（CSV・JSON、1 MiB まで）',
    ...{ 'x-summary-en': 'Import a template as CSV or JSON: its next version' },
  })
  @ApiConsumes(FILE_BODY)
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: TEMPLATE_BYTES_MAX } })
  @ApiCreatedResponse({ type: TemplateDto })
  async take(
    @Query() { templateId, titleJa, titleEn, form = 'csv' }: ImportQuery,
    @Officer() officer: StaffMember,
    @Req() request: FastifyRequest,
  ): Promise<TemplateDto> {
    if (request.headers['content-type'] !== FILE_BODY)
      throw platformProblem('media_type_not_supported');
    const bytes = await readFileBody(request.raw, TEMPLATE_BYTES_MAX);
    if (!bytes.ok) throw reviewProblem({ ...bytes.refusal, clause: 'RKN-S3a' });
    const title = { ja: titleJa, en: titleEn };
    const file = { templateId, title, form, bytes: bytes.value };
    const taken = await this.templates.take(officer, file);
    if (!taken.ok) throw reviewProblem(taken.refusal);
    return templateToWire(taken.value);
  }

  /** The newest where no version is named. */
  @Get(':templateId/file')
  @ApiOperation({
    operationId: 'exportTemplate',
    summary: '点検表のひな形の書出し（CSV・JSON）',
    ...{ 'x-summary-en': 'Export a template as CSV or JSON' },
  })
  @AnswersTable(TemplateFileDto)
  async file(
    @Param('templateId') templateId: string,
    @Query() { version, form = 'csv' }: TemplateFileQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.templates.read(templateId, version);
    if (!found.ok) throw reviewProblem(found.refusal);
    await sendFile(reply, templateFile(found.value, form));
  }
}
