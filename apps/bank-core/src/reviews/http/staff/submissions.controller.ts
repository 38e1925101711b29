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
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isId } from '#libs/kernel';
import {
  BankCodes,
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { Acceptances } from '../../acceptances.js';
import { AssessmentsService, type FilingView } from '../../assessments.service.js';
import { FilingsService } from '../../filings.service.js';
import { submissionFile } from '../export-files.js';
import { reviewProblem } from '../review.problem.js';
import { AnswersTable, sendFile } from '../send-file.js';
import { SubmissionFileDto } from '../files.dto.js';
import { CommentDto, CommentsDto, commentToWire } from '../view.dto.js';
import {
  AcceptDto,
  BankFormQuery,
  BankPageQuery,
  BankQuery,
  ReturnDto,
  StaffCommentDto,
} from './review-requests.dto.js';
import {
  FilingListDto,
  filingToWire,
  FilingViewDto,
  StateDto,
  viewToWire,
} from './review-views.dto.js';

const PAGE = 50;

/** The checklists of an intermediary as one institution received them (RKN-S3a). */
@ApiTags('reviews')
@Controller(`${STAFF}/links/:epspId/submissions`)
@UseGuards(StaffGuard)
export class SubmissionsController {
  constructor(
    @Inject(AssessmentsService) private readonly assessments: AssessmentsService,
    @Inject(FilingsService) private readonly filings: FilingsService,
    @Inject(Acceptances) private readonly acceptances: Acceptances,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listSubmissions',
    summary: '提出された点検表',
    ...{ 'x-summary-en': 'Checklists that were submitted' },
  })
  @ApiOkResponse({ type: FilingListDto })
  async list(
    @Param('epspId') epspId: string,
    @Query() { bankCode, before, limit = PAGE }: BankPageQuery,
    @Officer() officer: StaffMember,
  ): Promise<FilingListDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.assessments.list(id, epspId, { before, limit });
    return { submissions: found.map(filingToWire) };
  }

  @Get(':submissionId')
  @ApiOperation({
    operationId: 'readSubmission',
    summary: '点検表（回答・点数・前回との差異・証拠）',
    ...{ 'x-summary-en': 'A checklist: answers, score, difference, evidence' },
  })
  @ApiOkResponse({ type: FilingViewDto })
  async read(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<FilingViewDto> {
    return viewToWire(await this.view(officer, bankCode, epspId, id));
  }

  @Get(':submissionId/file')
  @ApiOperation({
    operationId: 'exportSubmission',
    summary: '点検表の書出し（CSV・JSON）',
    ...{ 'x-summary-en': 'Export a checklist as CSV or JSON' },
  })
  @AnswersTable(SubmissionFileDto)
  async file(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Query() { bankCode, form = 'csv' }: BankFormQuery,
    @Officer() officer: StaffMember,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, submissionFile(await this.view(officer, bankCode, epspId, id), form));
  }

  @Post(':submissionId/assessments')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'openAssessment',
    summary: '審査の開始',
    ...{ 'x-summary-en': 'Open the assessment' },
  })
  @ApiOkResponse({ type: StateDto })
  async open(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Body() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<StateDto> {
    const bank = await this.banks.workedBy(officer, 'compliance', bankCode);
    const opened = await this.assessments.openAssessment(bank, epspId, known(id), officer);
    if (!opened.ok) throw reviewProblem(opened.refusal);
    return opened.value;
  }

  @Post(':submissionId/returns')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'returnSubmission',
    summary: '点検表の返却（理由付き）',
    ...{ 'x-summary-en': 'Return a checklist with the reason' },
  })
  @ApiOkResponse({ type: StateDto })
  async giveBack(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Body() { bankCode, reason, items = [] }: ReturnDto,
    @Officer() officer: StaffMember,
  ): Promise<StateDto> {
    const bank = await this.banks.workedBy(officer, 'compliance', bankCode);
    const about = { by: officer, reason, items };
    const returned = await this.assessments.giveBack(bank, epspId, known(id), about);
    if (!returned.ok) throw reviewProblem(returned.refusal);
    return returned.value;
  }

  @Post(':submissionId/acceptances')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeAcceptance',
    summary: '点検表の受入れの起案（RKN-S3b）',
    ...{ 'x-summary-en': 'Propose to accept a checklist (RKN-S3b)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async accept(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Body() { bankCodes }: AcceptDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const institutionIds = await Promise.all(
      bankCodes.map((code) => this.banks.workedBy(officer, 'compliance', code)),
    );
    const asked = { epspId, submissionId: known(id), institutionIds };
    return this.answer.of(this.acceptances.kind, await this.acceptances.propose(officer, asked));
  }

  @Get(':submissionId/comments')
  @ApiOperation({
    operationId: 'listComments',
    summary: '点検表についてのやり取り',
    ...{ 'x-summary-en': 'The conversation about a checklist' },
  })
  @ApiOkResponse({ type: CommentsDto })
  async comments(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<CommentsDto> {
    const bank = await this.banks.seenBy(officer, bankCode);
    const found = await this.filings.comments(bank, epspId, known(id), 'institution');
    if (!found.ok) throw reviewProblem(found.refusal);
    return { comments: found.value.map(commentToWire) };
  }

  @Post(':submissionId/comments')
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'writeComment',
    summary: '項目への指摘と評価',
    ...{ 'x-summary-en': 'Comment on an item and mark its answer' },
  })
  @ApiCreatedResponse({ type: CommentDto })
  async comment(
    @Param('epspId') epspId: string,
    @Param('submissionId') id: string,
    @Body() { bankCode, itemId, mark, internal = false, body }: StaffCommentDto,
    @Officer() officer: StaffMember,
  ): Promise<CommentDto> {
    const bank = await this.banks.workedBy(officer, 'compliance', bankCode);
    if (mark !== undefined && itemId === undefined)
      throw reviewProblem({ code: 'item_required', clause: 'RKN-S3b' });
    const written = await this.filings.comment(bank, epspId, {
      submissionId: known(id),
      itemId,
      side: 'institution',
      author: officer.mailAddress,
      mark,
      isInternal: internal,
      body,
    });
    if (!written.ok) throw reviewProblem(written.refusal);
    return commentToWire(written.value);
  }

  private async view(
    officer: StaffMember,
    bankCode: string,
    epspId: string,
    id: string,
  ): Promise<FilingView> {
    const bank = await this.banks.seenBy(officer, bankCode);
    const view = await this.assessments.view(bank, epspId, known(id));
    if (!view.ok) throw reviewProblem(view.refusal);
    return view.value;
  }
}

/** A malformed id is as unknown as a foreign one (T-14). */
function known(id: string): string {
  if (isId('sub', id)) return id;
  throw reviewProblem({ code: 'submission_unknown' });
}
