import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isId } from '#libs/kernel';
import {
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { EvidenceRelease } from '../../evidence-release.js';
import { EvidenceService } from '../../evidence.service.js';
import { reviewProblem } from '../review.problem.js';
import { AnswersBytes, sendFile } from '../send-file.js';
import { BankQuery, ReleaseDto } from './review-requests.dto.js';
import { SeenEvidenceDto, seenToWire } from './review-views.dto.js';

/** Evidence as officers meet it: closed until it was examined, saved and never shown (T-25). */
@ApiTags('reviews')
@Controller(`${STAFF}/evidence`)
@UseGuards(StaffGuard)
export class EvidenceController {
  constructor(
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(EvidenceRelease) private readonly release: EvidenceRelease,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get(':evidenceId')
  @ApiOperation({
    operationId: 'readEvidence',
    summary: '証拠資料の種類と検査の状態',
    ...{ 'x-summary-en': 'What is known of a file and its examination' },
  })
  @ApiOkResponse({ type: SeenEvidenceDto })
  async read(
    @Param('evidenceId') id: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<SeenEvidenceDto> {
    const bank = await this.banks.seenBy(officer, bankCode);
    const view = await this.evidence.seen(bank, known(id));
    if (!view.ok) throw reviewProblem(view.refusal);
    return seenToWire(view.value);
  }

  @Get(':evidenceId/content')
  @StaffRoles('compliance', 'approver', 'auditor')
  @ApiOperation({
    operationId: 'openEvidence',
    summary: '証拠資料の保存（検査済みのもの）',
    ...{ 'x-summary-en': 'Save a file that has been examined' },
  })
  @AnswersBytes()
  async open(
    @Param('evidenceId') id: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bank = await this.banks.seenBy(officer, bankCode);
    const opened = await this.evidence.open(bank, known(id), officer);
    if (!opened.ok) throw reviewProblem(opened.refusal);
    const { file, bytes } = opened.value;
    // Its own type is told beside it: a browser is given nothing that it would open by itself.
    const mediaType = 'application/octet-stream';
    await sendFile(reply.header('x-renkei-media-type', file.mediaType), {
      fileName: file.fileName,
      mediaType,
      bytes,
    });
  }

  @Post(':evidenceId/releases')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeEvidenceRelease',
    summary: '検査していない資料の開放の起案（二人で決める）',
    ...{ 'x-summary-en': 'Propose to release a file that no scanner has judged' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async propose(
    @Param('evidenceId') id: string,
    @Body() { bankCode, sha256, examination }: ReleaseDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const bank = await this.banks.workedBy(officer, 'compliance', bankCode);
    const asked = { evidenceId: known(id), sha256, examination };
    return this.answer.of(this.release.kind, await this.release.propose(officer, bank, asked));
  }
}

function known(id: string): string {
  if (isId('evd', id)) return id;
  throw reviewProblem({ code: 'evidence_unknown' });
}
