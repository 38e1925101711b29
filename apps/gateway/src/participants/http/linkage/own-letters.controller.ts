import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnLinkage } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageQuery, pageOf } from '../list-page.js';
import { idOf, idSchema, ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { AnswersDocument, sendFile } from '../send-file.js';
import { DocumentFormQuery, LettersDto, toLetter } from './letter.dto.js';

const PATH = `${ME}/letters`;

/** 通知: everything the institutions wrote to the intermediary. To fetch one is its arrival. */
@Controller(PATH)
export class OwnLettersController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnLinkage) private readonly linkage: OwnLinkage,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'letters');
  }

  @Get()
  @OwnAffair({
    id: 'listLetters',
    ja: '自社あての文書（新しい順）',
    en: 'Letters to you, the newest first; the list alone is no arrival',
  })
  @ApiOkResponse({ type: LettersDto })
  async list(@CurrentAccess() access: Access, @Query() query: PageQuery): Promise<LettersDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.linkage.letters(caller, part)),
        keyOf: ({ documentId }) => documentId,
      },
      query,
    );
    return { ...page, data: page.data.map(toLetter) };
  }

  @Get(':documentId')
  @ApiParam({ name: 'documentId', schema: idSchema('doc') })
  @OwnAffair({
    id: 'fetchLetter',
    ja: '文書の受領（PDF・HTML・JSON）',
    en: 'Take a letter as PDF, HTML or JSON; the first time is its arrival (RKN-S4a, S4c, C2a)',
    also: [422],
  })
  @AnswersDocument()
  async fetch(
    @CurrentAccess() access: Access,
    @Param('documentId') documentId: string,
    @Query() { form = 'pdf' }: DocumentFormQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // HEAD would leave the letter here and call it arrived.
    if (request.method !== 'GET') throw platformProblem('not_found');
    const id = idOf('doc', documentId);
    await sendFile(reply, orRefuse(await this.linkage.fetchLetter(ownCaller(access), id, form)));
  }
}
