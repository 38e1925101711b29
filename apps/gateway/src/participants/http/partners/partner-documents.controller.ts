import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProperty } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnAffairs, type OwnPartnerFileView } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageDto, pageOf, ShortPageQuery } from '../list-page.js';
import { idOf, idSchema, ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { EvidenceFileDto, toEvidenceFile } from '../security/evidence.dto.js';
import { FiledDocumentDto, toFiledDocument } from './partner-report.dto.js';

export class PartnerDocumentDto extends FiledDocumentDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: '^(doc|rpt|gdn)_[0-9a-hjkmnp-tv-z]{26}$',
    maxLength: 30,
    description: 'What it was filed with; null for the contract, which came with the proposal',
  })
  actId: string | null;

  @ApiProperty({ pattern: '^[a-z_]{1,40}$', maxLength: 40, example: 'document_filed' })
  filedAs: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  filedAt: string | null;

  @ApiProperty({
    type: EvidenceFileDto,
    nullable: true,
    description: 'The bytes, with when you sent them and their state; null: only the hash is known',
  })
  evidence: EvidenceFileDto | null;
}

export class PartnerDocumentsDto extends PageDto {
  @ApiProperty({ type: [PartnerDocumentDto], maxItems: 99 })
  data: PartnerDocumentDto[];
}

/** What you have filed of a partner: contract, reports, results, and whether the bank has the bytes (RKN-C1a). */
@Controller(`${ME}/chain-partners/:chainPartnerId/documents`)
export class PartnerDocumentsController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnAffairs) private readonly affairs: OwnAffairs,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'partner-documents');
  }

  @Get()
  @ApiParam({ name: 'chainPartnerId', schema: idSchema('cp') })
  @OwnAffair({
    id: 'listPartnerDocuments',
    ja: '連鎖接続先について届け出たファイル',
    en: 'Files that you filed of a partner, the newest first, and what became of the bytes',
  })
  @ApiOkResponse({ type: PartnerDocumentsDto })
  async list(
    @CurrentAccess() access: Access,
    @Param('chainPartnerId') partnerId: string,
    @Query() query: ShortPageQuery,
  ): Promise<PartnerDocumentsDto> {
    const caller = ownCaller(access);
    const id = idOf('cp', partnerId);
    const page = await pageOf(
      {
        path: `${ME}/chain-partners/${id}/documents`,
        cursors: this.cursors,
        owner: `${caller.epspId} ${id}`,
        read: async (part) => orRefuse(await this.affairs.partnerFiles(caller, id, part)),
        keyOf: ({ place }) => place,
      },
      query,
    );
    return { ...page, data: page.data.map(toPartnerDocument) };
  }
}

const toPartnerDocument = (view: OwnPartnerFileView): PartnerDocumentDto => ({
  actId: view.actId,
  filedAs: view.filedAs,
  filedAt: view.filedAt,
  ...toFiledDocument(view),
  evidence: view.evidence && toEvidenceFile(view.evidence),
});
