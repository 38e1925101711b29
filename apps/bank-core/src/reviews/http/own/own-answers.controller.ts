import { Controller, Get, Inject, Param, Put, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { FILE_BODY, platformProblem, readFileBody } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { AnswerTables } from '../../answer-tables.service.js';
import { ANSWERS_BYTES_MAX } from '../../csv-table.js';
import { reviewProblem } from '../review.problem.js';
import { sendFile } from '../send-file.js';

export class ImportedAnswersDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 5_000, description: 'Answers changed' })
  changed: number;
}

/** The answers of a checklist as a table: out, and back in as a whole or not at all (RKN-S3a). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/security/submissions/:submissionId/answers`)
export class OwnAnswersController {
  constructor(@Inject(AnswerTables) private readonly tables: AnswerTables) {}

  @Get()
  @ApiOperation({
    operationId: 'exportOwnAnswers',
    summary: '点検表の回答の書出し（CSV）',
    ...{ 'x-summary-en': 'The answers of a checklist as CSV, with what is not answered yet' },
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    content: {
      'text/csv': { schema: { type: 'string', format: 'binary', maxLength: 30_000_000 } },
    },
  })
  async file(
    @Param('submissionId') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = known(text);
    const csv = await this.tables.exported(internalCaller(request).epspId, id);
    if (!csv.ok) throw reviewProblem(csv.refusal);
    const bytes = Buffer.from(csv.value, 'utf8');
    await sendFile(reply, {
      fileName: `${id}-answers.csv`,
      mediaType: 'text/csv; charset=utf-8',
      bytes,
    });
  }

  @Put()
  @ApiOperation({
    operationId: 'importOwnAnswers',
    summary: '点検表の回答の取込み（CSV、4 MiB まで）',
    ...{ 'x-summary-en': 'Take in the answers of a checklist as CSV: every line, or none' },
  })
  @ApiConsumes(FILE_BODY)
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: ANSWERS_BYTES_MAX } })
  @ApiOkResponse({ type: ImportedAnswersDto })
  async take(
    @Param('submissionId') text: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportedAnswersDto> {
    const caller = internalCaller(request);
    const isFile = request.headers['content-type'] === FILE_BODY;
    // What is still on its way is let go unread, so that the refusal can be heard.
    if (!isFile || !isId('sub', text)) request.raw.resume();
    const id = known(text);
    if (!isFile) throw platformProblem('media_type_not_supported');
    const bytes = await readFileBody(request.raw, ANSWERS_BYTES_MAX);
    if (!bytes.ok) throw reviewProblem(bytes.refusal);
    const taken = await this.tables.imported(caller, id, bytes.value);
    if (!taken.ok) throw reviewProblem(taken.refusal);
    return taken.value;
  }
}

/** A malformed id is as unknown as a foreign one (T-14). */
function known(id: string): string {
  if (isId('sub', id)) return id;
  throw reviewProblem({ code: 'submission_unknown' });
}
