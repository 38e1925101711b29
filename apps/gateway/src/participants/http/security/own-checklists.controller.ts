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
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnSecurity } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { pageOf, ShortPageQuery, wholePage } from '../list-page.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import * as dto from './checklist.dto.js';
import { ITEM } from './review.dto.js';

const PATH = `${ME}/checklists`;
const ChecklistId = () => ApiParam({ name: 'checklistId', schema: idSchema('sub') });
const ITEM_ID = { type: 'string', pattern: ITEM, maxLength: 10 } as const;

/** 点検表: one draft, answered once, submitted to any number of institutions (RKN-S3a). */
@Controller(PATH)
export class OwnChecklistsController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnSecurity) private readonly security: OwnSecurity,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'checklists');
  }

  @Get()
  @OwnAffair({ id: 'listChecklists', ja: '自社の点検表', en: 'Your checklists, the newest first' })
  @ApiOkResponse({ type: dto.ChecklistsDto })
  async list(
    @CurrentAccess() access: Access,
    @Query() query: ShortPageQuery,
  ): Promise<dto.ChecklistsDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.security.checklists(caller, part)),
        keyOf: ({ submissionId }) => submissionId,
      },
      query,
    );
    return { ...page, data: page.data.map(dto.toChecklist) };
  }

  @Post()
  @HttpCode(200)
  @OwnAffair({
    id: 'beginChecklist',
    ja: '点検表の下書きの開始',
    en: 'The open draft, begun where there is none: begun twice it is begun once',
  })
  @ApiOkResponse({ type: dto.ChecklistDto })
  async begin(@CurrentAccess() access: Access): Promise<dto.ChecklistDto> {
    return dto.toChecklist(orRefuse(await this.security.beginChecklist(ownCaller(access))));
  }

  @Get(':checklistId')
  @ChecklistId()
  @OwnAffair({
    id: 'getChecklist',
    ja: '点検表（項目・回答・提出先）',
    en: 'A checklist with its items, answers and where it was submitted',
  })
  @ApiOkResponse({ type: dto.ChecklistContentDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('checklistId') id: string,
  ): Promise<dto.ChecklistContentDto> {
    const answer = await this.security.checklist(ownCaller(access), idOf('sub', id));
    return dto.toContent(orRefuse(answer));
  }

  @Get(':checklistId/difference')
  @ChecklistId()
  @OwnAffair({
    id: 'getChecklistDifference',
    ja: '前回の点検表との差異',
    en: 'What differs from the checklist submitted before',
  })
  @ApiOkResponse({ type: dto.DifferenceDto })
  async difference(
    @CurrentAccess() access: Access,
    @Param('checklistId') id: string,
  ): Promise<dto.DifferenceDto> {
    const answer = await this.security.difference(ownCaller(access), idOf('sub', id));
    return dto.toDifference(orRefuse(answer));
  }

  @Put(':checklistId/answers/:itemId')
  @ChecklistId()
  @ApiParam({ name: 'itemId', schema: ITEM_ID })
  @OwnAffair({
    id: 'putChecklistAnswer',
    ja: '回答の保存',
    en: 'Keep the answer to one item, made from the version that was read',
    also: [409, 412, 422],
  })
  @ApiOkResponse({ type: dto.KeptAnswerDto })
  async put(
    @CurrentAccess() access: Access,
    @Param('checklistId') text: string,
    @Param('itemId') itemId: string,
    @Body() body: dto.ChecklistAnswerDto,
  ): Promise<dto.KeptAnswerDto> {
    const id = idOf('sub', text);
    if (!new RegExp(ITEM).test(itemId)) throw platformProblem('not_found');
    const answer = await this.security.answer(ownCaller(access), id, itemId, body);
    return dto.toKeptAnswer(orRefuse(answer));
  }

  @Post(':checklistId/filings')
  @HttpCode(200)
  @ChecklistId()
  @OwnAffair({
    id: 'submitChecklist',
    ja: '点検表の提出（複数の金融機関へ）',
    en: 'Submit a draft, or bring what was submitted to further institutions; twice is once',
    also: [409, 422],
  })
  @ApiOkResponse({ type: dto.FilingsDto })
  async submit(
    @CurrentAccess() access: Access,
    @Param('checklistId') id: string,
    @Body() { bankCodes }: dto.SubmitToDto,
  ): Promise<dto.FilingsDto> {
    const answer = await this.security.file(ownCaller(access), idOf('sub', id), bankCodes);
    return { filings: orRefuse(answer).map(dto.toFiling) };
  }

  @Get(':checklistId/comments')
  @ChecklistId()
  @OwnAffair({
    id: 'listChecklistComments',
    ja: '金融機関とのやり取り',
    en: 'What an institution and you wrote to each other; the list is whole',
    also: [422],
  })
  @ApiOkResponse({ type: dto.CommentsDto })
  async comments(
    @CurrentAccess() access: Access,
    @Param('checklistId') text: string,
    @Query() { bankCode }: dto.CommentsQuery,
  ): Promise<dto.CommentsDto> {
    const id = idOf('sub', text);
    const views = orRefuse(await this.security.comments(ownCaller(access), id, bankCode));
    return wholePage(`${PATH}/${id}/comments?bankCode=${bankCode}`, views.map(dto.toComment));
  }

  @Post(':checklistId/comments')
  @ChecklistId()
  @OwnAct({ id: 'writeChecklistComment', ja: '金融機関への返信', en: 'Write to an institution' })
  @ApiCreatedResponse({ type: dto.CommentDto })
  async comment(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('checklistId') text: string,
    @Body() body: dto.WriteCommentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CommentDto> {
    const id = idOf('sub', text);
    const answer = await this.security.comment(ownCaller(access), key, id, body);
    return dto.toComment(doneOnce(answer, reply));
  }
}
