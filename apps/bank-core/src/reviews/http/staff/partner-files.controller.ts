import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { Officer, OwnBanks, STAFF, StaffGuard, type StaffMember } from '../../../staff/index.js';
import { PartnerFiles, type PartnerFileView } from '../../partner-files.service.js';
import { reviewProblem } from '../review.problem.js';
import { BankQuery } from './review-requests.dto.js';
import { SeenEvidenceDto, seenToWire } from './review-views.dto.js';

export class FiledFileDto {
  @ApiProperty({ type: String, nullable: true, maxLength: 30, description: 'None: the contract' })
  actId: string | null;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$', maxLength: 71 }) sha256: string;
  @ApiProperty({ maxLength: 200 }) name: string;
  @ApiProperty({ maxLength: 100, description: 'as the intermediary named it' }) mediaType: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) sizeBytes: number;
  /** The file itself with its examination; null while only its hash is known. */
  @ApiProperty({ type: SeenEvidenceDto, nullable: true }) evidence: SeenEvidenceDto | null;
}

export class FiledFilesDto {
  @ApiProperty({ type: [FiledFileDto], maxItems: 10_000 }) files: FiledFileDto[];
}

/** Contracts and reports of chain partners, opened like evidence: closed until examined (RKN-C1a, RKN-C1b, T-25). */
@ApiTags('chain partners')
@Controller(`${STAFF}/chain-partners/:partnerId/files`)
@UseGuards(StaffGuard)
export class PartnerFilesController {
  constructor(
    @Inject(PartnerFiles) private readonly files: PartnerFiles,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listPartnerFiles',
    summary: '連鎖接続先の契約書・報告書のファイル',
    ...{ 'x-summary-en': 'Files of a chain partner: its contract and what came with reports' },
  })
  @ApiOkResponse({ type: FiledFilesDto })
  async list(
    @Param('partnerId') partnerId: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<FiledFilesDto> {
    const bank = await this.banks.seenBy(officer, bankCode);
    if (!isId('cp', partnerId)) throw reviewProblem({ code: 'partner_unknown' });
    const found = await this.files.seen(bank, partnerId);
    if (!found.ok) throw reviewProblem(found.refusal);
    return { files: found.value.map(fileToWire) };
  }
}

const fileToWire = ({ actId, filed, evidence }: PartnerFileView): FiledFileDto => ({
  actId: actId ?? null,
  sha256: filed.sha256,
  name: filed.name,
  mediaType: filed.mediaType,
  sizeBytes: filed.sizeBytes,
  evidence: evidence ? seenToWire(evidence) : null,
});
