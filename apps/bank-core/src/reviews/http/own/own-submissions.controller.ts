import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instantToWire, isId } from '#libs/kernel';
import { idempotencySentences, idempotencyStatuses, problemOf } from '#libs/platform';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { reviewSentences } from '../../domain/review.refusals.js';
import { nameOfVersion } from '../../domain/standard.js';
import type { KeptAnswer, Submission } from '../../domain/submission.js';
import { FilingsService } from '../../filings.service.js';
import { SubmissionsService } from '../../submissions.service.js';
import { reviewProblem } from '../review.problem.js';
import { reviewStatuses } from '../review.problems.js';
import {
  answerToWire,
  CommentDto,
  CommentsDto,
  commentToWire,
  DifferenceDto,
  differenceToWire,
  itemToWire,
} from '../view.dto.js';
import {
  AnswerDto,
  CommentsQuery,
  OwnCommentDto,
  PageQuery,
  TargetsDto,
} from './own-review.dto.js';
import {
  FilingsDto,
  OwnSubmissionDto,
  OwnSubmissionsDto,
  OwnSubmissionViewDto,
  VersionedAnswerDto,
} from './own-view.dto.js';

const PAGE = 50;

/** The intermediary's checklist: one draft, answered once, submitted to any number of institutions (RKN-S3a). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/security/submissions`)
export class OwnSubmissionsController {
  constructor(
    @Inject(SubmissionsService) private readonly submissions: SubmissionsService,
    @Inject(FilingsService) private readonly filings: FilingsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnSubmissions', summary: '点検表の一覧' })
  @ApiOkResponse({ type: OwnSubmissionsDto })
  async list(
    @Query() { before, limit = PAGE }: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<OwnSubmissionsDto> {
    const { epspId } = internalCaller(request);
    const found = await this.submissions.list(epspId, { before, limit });
    return { submissions: found.map(submissionToWire) };
  }

  /** The open draft where there is one: begun twice it is begun once. */
  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'beginOwnSubmission', summary: '点検表の下書きの開始' })
  @ApiOkResponse({ type: OwnSubmissionDto })
  async begin(@Req() request: FastifyRequest): Promise<OwnSubmissionDto> {
    const { submission } = await this.submissions.begin(internalCaller(request));
    return submissionToWire(submission);
  }

  @Get(':submissionId')
  @ApiOperation({ operationId: 'readOwnSubmission', summary: '点検表（項目と回答）' })
  @ApiOkResponse({ type: OwnSubmissionViewDto })
  async read(
    @Param('submissionId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<OwnSubmissionViewDto> {
    const { epspId } = internalCaller(request);
    const view = await this.submissions.read(epspId, known(id));
    if (!view.ok) throw reviewProblem(view.refusal);
    const { submission, items, answers, targets } = view.value;
    return {
      ...submissionToWire(submission),
      items: items.map(({ item, wording }) => ({ ...itemToWire(item), wording })),
      answers: answers.map(keptToWire),
      targets: await Promise.all(
        targets.map(async ({ institutionId, filedAt, refused }) => ({
          bankCode: await this.codes.codeOf(institutionId),
          filedAt: filedAt === undefined ? null : instantToWire(filedAt),
          refused: refused ?? null,
        })),
      ),
    };
  }

  @Get(':submissionId/difference')
  @ApiOperation({ operationId: 'readOwnDifference', summary: '前回の点検表との差異' })
  @ApiOkResponse({ type: DifferenceDto })
  async difference(
    @Param('submissionId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<DifferenceDto> {
    const { epspId } = internalCaller(request);
    const found = await this.submissions.difference(epspId, known(id));
    if (!found.ok) throw reviewProblem(found.refusal);
    return differenceToWire(found.value.against, found.value.items);
  }

  @Put(':submissionId/answers/:itemId')
  @ApiOperation({ operationId: 'putOwnAnswer', summary: '回答の保存' })
  @ApiOkResponse({ type: VersionedAnswerDto })
  async put(
    @Param('submissionId') id: string,
    @Param('itemId') itemId: string,
    @Body() { version, byAlternative = false, plannedOn, ...answer }: AnswerDto,
    @Req() request: FastifyRequest,
  ): Promise<VersionedAnswerDto> {
    const caller = internalCaller(request);
    const given = { ...answer, itemId, byAlternative, plannedOn };
    const kept = await this.submissions.put(caller, known(id), given, version);
    if (!kept.ok) throw reviewProblem(kept.refusal);
    return keptToWire(kept.value);
  }

  @Post(':submissionId/filings')
  @HttpCode(200)
  @ApiOperation({ operationId: 'submitChecklist', summary: '点検表の提出（複数の金融機関へ）' })
  @ApiOkResponse({ type: FilingsDto })
  async submit(
    @Param('submissionId') id: string,
    @Body() { bankCodes }: TargetsDto,
    @Req() request: FastifyRequest,
  ): Promise<FilingsDto> {
    const caller = internalCaller(request);
    const ids = await Promise.all(bankCodes.map((code) => this.codes.idOf(code)));
    const filed = await this.filings.submit(caller, known(id), ids);
    if (!filed.ok) throw reviewProblem(filed.refusal);
    const filings = await Promise.all(
      filed.value.map(async ({ institutionId, standardVersion, filedAt }) => ({
        bankCode: await this.codes.codeOf(institutionId),
        standardVersion: nameOfVersion(standardVersion),
        filedAt: instantToWire(filedAt),
      })),
    );
    return { filings };
  }

  @Get(':submissionId/comments')
  @ApiOperation({ operationId: 'listOwnComments', summary: '金融機関とのやり取り' })
  @ApiOkResponse({ type: CommentsDto })
  async comments(
    @Param('submissionId') id: string,
    @Query() { bankCode }: CommentsQuery,
    @Req() request: FastifyRequest,
  ): Promise<CommentsDto> {
    const { epspId } = internalCaller(request);
    const institutionId = await this.codes.idOf(bankCode);
    const found = await this.filings.comments(institutionId, epspId, known(id), 'epsp');
    if (!found.ok) throw reviewProblem(found.refusal);
    return { comments: found.value.map(commentToOwn) };
  }

  @Post(':submissionId/comments')
  @ApiOperation({ operationId: 'writeOwnComment', summary: '金融機関への返信' })
  @ApiCreatedResponse({ type: CommentDto })
  async comment(
    @Param('submissionId') id: string,
    @Body() { bankCode, itemId, body }: OwnCommentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentDto> {
    const { epspId, clientId } = internalCaller(request);
    const author = { epspId, clientId, key: idempotencyKeyOf(request) };
    const institutionId = await this.codes.idOf(bankCode);
    const written = await this.filings.commentOnce(institutionId, author, {
      submissionId: known(id),
      itemId,
      side: 'epsp',
      author: clientId,
      mark: undefined,
      isInternal: false,
      body,
    });
    if (!written.ok)
      throw problemOf(
        written.refusal,
        { ...reviewStatuses, ...idempotencyStatuses },
        { ...reviewSentences, ...idempotencySentences },
      );
    if (written.value.isReplay) void reply.header('idempotency-replayed', 'true');
    return commentToOwn(written.value.body);
  }
}

/** A malformed id is as unknown as a foreign one (T-14). */
function known(id: string): string {
  if (isId('sub', id)) return id;
  throw reviewProblem({ code: 'submission_unknown' });
}

const submissionToWire = (one: Submission): OwnSubmissionDto => ({
  submissionId: one.id,
  basedOn: one.basedOn ?? null,
  begunAt: instantToWire(one.begunAt),
  submittedAt: one.submittedAt === undefined ? null : instantToWire(one.submittedAt),
  contentHash: one.contentHash ?? null,
});

const keptToWire = ({ answer, version, updatedAt }: KeptAnswer): VersionedAnswerDto => ({
  ...answerToWire(answer),
  version,
  updatedAt: instantToWire(updatedAt),
});

/** Who wrote for the institution is its own affair: the intermediary sees that it was the institution. */
const commentToOwn = (comment: Parameters<typeof commentToWire>[0]): CommentDto => ({
  ...commentToWire(comment),
  author: comment.side === 'institution' ? '' : comment.author,
});
