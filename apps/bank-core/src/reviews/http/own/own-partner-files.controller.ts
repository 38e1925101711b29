import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { instantToWire, isId } from '#libs/kernel';
import { PageLimit, platformProblem } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { PartnerFiles, type OwnPartnerFile } from '../../partner-files.service.js';
import { EvidenceDto, evidenceToWire } from '../view.dto.js';

const PAGE = 50;
const PLACE = '^(?:contract|(?:doc|rpt|gdn)_[0-9a-hjkmnp-tv-z]{26}-[0-9]{1,2})$';

class FilePageQuery {
  @ApiPropertyOptional({ pattern: PLACE, maxLength: 40, description: 'The last one seen.' })
  @IsOptional()
  @Matches(new RegExp(PLACE))
  before?: string;

  @PageLimit(100, 50) limit?: number;
}

export class OwnPartnerFileDto {
  @ApiProperty({ pattern: PLACE, maxLength: 40, description: 'Where it stands in the list.' })
  place: string;
  @ApiProperty({ type: String, nullable: true, maxLength: 30, description: 'None: the contract' })
  actId: string | null;
  @ApiProperty({ maxLength: 40, description: '`contract`, or the kind of the act.' })
  filedAs: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of the act' })
  filedAt: string | null;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$', maxLength: 71 }) sha256: string;
  @ApiProperty({ maxLength: 200 }) name: string;
  @ApiProperty({ maxLength: 100, description: 'as it was named' }) mediaType: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) sizeBytes: number;
  /** The bytes as they were sent; null while only their hash is known. */
  @ApiProperty({ type: EvidenceDto, nullable: true }) evidence: EvidenceDto | null;
}

export class OwnPartnerFilesDto {
  @ApiProperty({ type: [OwnPartnerFileDto], maxItems: 100 }) files: OwnPartnerFileDto[];
}

/** What the intermediary has filed of its own partner, and what became of the bytes (RKN-C1a, RKN-C1b, T-14). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/chain-partners/:partnerId/files`)
export class OwnPartnerFilesController {
  constructor(@Inject(PartnerFiles) private readonly files: PartnerFiles) {}

  @Get()
  @ApiOperation({
    operationId: 'listOwnPartnerFiles',
    summary: '自社の連鎖接続先について届け出たファイル',
    ...{ 'x-summary-en': 'Files filed of an own chain partner, the newest first' },
  })
  @ApiOkResponse({ type: OwnPartnerFilesDto })
  async list(
    @Param('partnerId') partnerId: string,
    @Query() { before, limit = PAGE }: FilePageQuery,
    @Req() request: FastifyRequest,
  ): Promise<OwnPartnerFilesDto> {
    const { epspId } = internalCaller(request);
    if (!isId('cp', partnerId)) throw platformProblem('not_found');
    const found = await this.files.own(epspId, partnerId, { before, limit });
    if (!found) throw platformProblem('not_found');
    return { files: found.map(ownFileToWire) };
  }
}

const ownFileToWire = (file: OwnPartnerFile): OwnPartnerFileDto => ({
  place: file.place,
  actId: file.actId ?? null,
  filedAs: file.filedAs,
  filedAt: file.filedAt === undefined ? null : instantToWire(file.filedAt),
  sha256: file.filed.sha256,
  name: file.filed.name,
  mediaType: file.filed.mediaType,
  sizeBytes: file.filed.sizeBytes,
  evidence: file.evidence ? evidenceToWire(file.evidence) : null,
});
