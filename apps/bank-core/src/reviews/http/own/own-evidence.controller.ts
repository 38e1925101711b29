import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { FILE_BODY, platformProblem, readFileBody } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { EVIDENCE_BYTES_MAX } from '../../domain/evidence.js';
import { EvidenceService } from '../../evidence.service.js';
import { reviewProblem } from '../review.problem.js';
import { EvidenceDto, evidenceToWire } from '../view.dto.js';
import { PageQuery, UploadQuery } from './own-review.dto.js';
import { OwnEvidenceDto } from './own-view.dto.js';

const PAGE = 50;
/** Each holds a file in memory while it comes in; more have to come again (T-31). */
const AT_ONCE_MAX = 8;

/** The intermediary's evidence: taken in as a stream, judged by its content, closed until examined (T-25). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/security/evidence`)
export class OwnEvidenceController {
  private underWay = 0;

  constructor(@Inject(EvidenceService) private readonly evidence: EvidenceService) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnEvidence', summary: '自社の証拠資料' })
  @ApiOkResponse({ type: OwnEvidenceDto })
  async list(
    @Query() { before, limit = PAGE }: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<OwnEvidenceDto> {
    const { epspId } = internalCaller(request);
    const found = await this.evidence.list(epspId, { before, limit });
    return { evidence: found.map(evidenceToWire) };
  }

  /** 201 for new content, 200 for content that is there already. */
  @Post()
  @ApiOperation({ operationId: 'uploadEvidence', summary: '証拠資料の提出（10 MiB まで）' })
  @ApiConsumes(FILE_BODY)
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: EVIDENCE_BYTES_MAX } })
  @ApiCreatedResponse({ type: EvidenceDto })
  @ApiOkResponse({ type: EvidenceDto })
  async upload(
    @Query() { fileName }: UploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvidenceDto> {
    const caller = internalCaller(request);
    if (request.headers['content-type'] !== FILE_BODY)
      throw platformProblem('media_type_not_supported');
    if (this.underWay >= AT_ONCE_MAX) throw platformProblem('temporarily_unavailable');
    this.underWay += 1;
    try {
      const bytes = await readFileBody(request.raw, EVIDENCE_BYTES_MAX);
      if (!bytes.ok) throw reviewProblem({ ...bytes.refusal, clause: 'RKN-S2' });
      const taken = await this.evidence.take(caller, fileName, bytes.value);
      if (!taken.ok) throw reviewProblem(taken.refusal);
      void reply.status(taken.value.isNew ? 201 : 200);
      return evidenceToWire(taken.value.file);
    } finally {
      this.underWay -= 1;
    }
  }

  @Get(':evidenceId')
  @ApiOperation({ operationId: 'readOwnEvidence', summary: '証拠資料の状態' })
  @ApiOkResponse({ type: EvidenceDto })
  async read(
    @Param('evidenceId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceDto> {
    const { epspId } = internalCaller(request);
    if (!isId('evd', id)) throw reviewProblem({ code: 'evidence_unknown' });
    const file = await this.evidence.own(epspId, id);
    if (!file.ok) throw reviewProblem(file.refusal);
    return evidenceToWire(file.value);
  }
}
