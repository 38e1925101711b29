import { Controller, Get, Inject, Param, Put, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiParam,
  ApiProduces,
  ApiProperty,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { FILE_BODY, platformProblem, readFileBody } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { coreProblem, OwnSecurity } from '../../../bank/index.js';
import { idOf, idSchema, ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { sendFile } from '../send-file.js';

/** Where a table of answers is taken. */
export const ANSWERS_PATH = `${ME}/checklists/:checklistId/answers`;
const BYTES_MAX = 4 * 1024 * 1024;
const ChecklistId = () => ApiParam({ name: 'checklistId', schema: idSchema('sub') });

export class ImportedAnswersDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 5_000, description: 'Answers changed' })
  changed: number;
}

/** 点検表 as a table: out with what is asked, back in as a whole or not at all (RKN-S3a). */
@Controller(ANSWERS_PATH)
export class OwnAnswersController {
  constructor(@Inject(OwnSecurity) private readonly security: OwnSecurity) {}

  @Get()
  @ChecklistId()
  @OwnAffair({
    id: 'exportChecklistAnswers',
    ja: '点検表の回答の書出し（CSV）',
    en: 'The answers of a checklist as CSV, with every item that has none yet',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    description: 'UTF-8 with a byte order mark; no cell is taken for a formula',
    content: {
      'text/csv': { schema: { type: 'string', format: 'binary', maxLength: 30_000_000 } },
    },
  })
  async get(
    @CurrentAccess() access: Access,
    @Param('checklistId') text: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = idOf('sub', text);
    await sendFile(reply, orRefuse(await this.security.answersTable(ownCaller(access), id)));
  }

  @Put()
  @ChecklistId()
  @OwnAffair({
    id: 'importChecklistAnswers',
    ja: '点検表の回答の取込み（CSV、4 MiB まで）',
    en: 'Take in such a table: every line, or none; the same again changes nothing',
    also: [409, 422],
  })
  @ApiConsumes(FILE_BODY)
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: BYTES_MAX } })
  @ApiOkResponse({ type: ImportedAnswersDto })
  async put(
    @CurrentAccess() access: Access,
    @Param('checklistId') text: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportedAnswersDto> {
    const isFile = request.headers['content-type'] === FILE_BODY;
    // What is still on its way is let go unread, so that the refusal can be heard.
    if (!isFile || !isId('sub', text)) request.raw.resume();
    const id = idOf('sub', text);
    if (!isFile) throw platformProblem('media_type_not_supported');
    const bytes = await readFileBody(request.raw, BYTES_MAX);
    if (!bytes.ok) throw coreProblem(bytes.refusal);
    const taken = await this.security.takeAnswers(ownCaller(access), id, bytes.value);
    return { changed: orRefuse(taken).changed };
  }
}
