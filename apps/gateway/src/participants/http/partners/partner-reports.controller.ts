import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnAffairs } from '../../../bank/index.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import {
  FilePartnerDocumentsDto,
  PartnerActTakenDto,
  PartnerHistoryDto,
  PartnerReportDto,
  toActTaken,
  toPartnerHistory,
} from './partner-report.dto.js';

const PartnerId = () => ApiParam({ name: 'chainPartnerId', schema: idSchema('cp') });

/** 連鎖接続先への報告の求め・指導・結果: told to every institution that the agreement covers (RKN-C1). */
@Controller(`${ME}/chain-partners/:chainPartnerId`)
export class PartnerReportsController {
  constructor(@Inject(OwnAffairs) private readonly affairs: OwnAffairs) {}

  @Get('reports')
  @PartnerId()
  @OwnAffair({
    id: 'getPartnerHistory',
    ja: '連鎖接続先の報告・指導の経過',
    en: 'What was asked of a partner, guided and reported, and what is open (RKN-C1)',
  })
  @ApiOkResponse({ type: PartnerHistoryDto })
  async history(
    @CurrentAccess() access: Access,
    @Param('chainPartnerId') partnerId: string,
  ): Promise<PartnerHistoryDto> {
    const id = idOf('cp', partnerId);
    return toPartnerHistory(orRefuse(await this.affairs.partnerHistory(ownCaller(access), id)));
  }

  @Post('reports')
  @PartnerId()
  @OwnAct({
    id: 'reportOnPartner',
    ja: '連鎖接続先についての報告（求め・報告・指導・結果）',
    en: 'Enter a report asked of a partner or made by it, guidance, its outcome, the result',
  })
  @ApiCreatedResponse({ type: PartnerActTakenDto })
  report(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('chainPartnerId') partnerId: string,
    @Body() body: PartnerReportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerActTakenDto> {
    return this.enter({ access, key, partnerId, reply }, body);
  }

  @Post('documents')
  @PartnerId()
  @OwnAct({
    id: 'filePartnerDocuments',
    ja: '連鎖接続先との契約書等の届出',
    en: 'File which contract or document it was, by hash; send it as evidence to show it (RKN-C1a)',
  })
  @ApiCreatedResponse({ type: PartnerActTakenDto })
  file(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('chainPartnerId') partnerId: string,
    @Body() body: FilePartnerDocumentsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerActTakenDto> {
    return this.enter({ access, key, partnerId, reply }, { ...body, kind: 'document_filed' });
  }

  private async enter(
    { access, key, partnerId, reply }: Entering,
    body: Parameters<OwnAffairs['enterPartnerAct']>[3],
  ): Promise<PartnerActTakenDto> {
    const id = idOf('cp', partnerId);
    const answer = await this.affairs.enterPartnerAct(ownCaller(access), key, id, body);
    return toActTaken(doneOnce(answer, reply));
  }
}

interface Entering {
  readonly access: Access;
  readonly key: string;
  readonly partnerId: string;
  readonly reply: FastifyReply;
}
