import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type {
  PartnerActRequest,
  PartnerActTakenView,
  PartnerHistoryView,
} from '../../../bank/index.js';
import { idPattern } from '../own-affairs.js';

type ReportKind = Exclude<PartnerActRequest['kind'], 'document_filed'>;
const REPORTS: readonly ReportKind[] = [
  'report_requested',
  'partner_reported',
  'guidance_given',
  'guidance_concluded',
  'result_reported',
];
const DATE = '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$';
const HASH = '^sha256:[0-9a-f]{64}$';
const MEDIA_TYPE = '^[a-z]{1,20}/[a-z0-9.+-]{1,79}$';
const TEXT = { minLength: 1, maxLength: 4_000 } as const;

export class FiledDocumentDto {
  @ApiProperty({
    pattern: HASH,
    maxLength: 71,
    description: 'Of the bytes, which you may send as evidence',
  })
  @Matches(new RegExp(HASH))
  sha256: string;

  @ApiProperty({ minLength: 1, maxLength: 200, example: '連鎖接続契約書.pdf' })
  @Matches(/^[^\p{C}\p{Zl}\p{Zp}/\\]{1,200}$/u)
  name: string;

  @ApiProperty({ pattern: MEDIA_TYPE, maxLength: 100, example: 'application/pdf' })
  @Matches(new RegExp(MEDIA_TYPE))
  mediaType: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 104_857_600 })
  @IsInt()
  @Min(1)
  @Max(104_857_600)
  sizeBytes: number;
}

const Documents = () => ApiProperty({ type: [FiledDocumentDto], minItems: 1, maxItems: 20 });

export class FilePartnerDocumentsDto {
  @ApiProperty({ ...TEXT, example: '連鎖接続契約書（2026年12月）' })
  @IsString()
  @Length(1, 4_000)
  text: string;

  @Documents()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FiledDocumentDto)
  documents: FiledDocumentDto[];
}

export class PartnerReportDto {
  @ApiProperty({
    enum: REPORTS,
    description:
      'A report asked of the partner and made by it (RKN-C1b), guidance and its outcome (C1c), ' +
      'the result for the institutions (C1d)',
  })
  @IsIn([...REPORTS])
  kind: ReportKind;

  @ApiProperty({ ...TEXT, example: '権限管理の手順が守られていなかった。' })
  @IsString()
  @Length(1, 4_000)
  text: string;

  @ApiProperty({
    maxLength: 4_000,
    required: false,
    example: '一か月以内に手順を改め、記録を提出すること。',
    description: 'Of a guidance: what the partner has to do',
  })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  instruction?: string;

  @ApiProperty({
    format: 'date',
    maxLength: 10,
    required: false,
    example: '2026-12-31',
    description: 'The last day for the report or the outcome',
  })
  @IsOptional()
  @Matches(new RegExp(DATE))
  dueOn?: string;

  @ApiProperty({ type: [FiledDocumentDto], maxItems: 20, required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FiledDocumentDto)
  documents?: FiledDocumentDto[];
}

/** What one institution's matter made of it: its state, or its refusal with the clause. */
export class ToldAtDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: '^[A-Z_]{1,40}$', maxLength: 40 })
  state: string | null;
  @ApiProperty({ type: 'string', nullable: true, pattern: '^[a-z_]{1,60}$', maxLength: 60 })
  refused: string | null;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 20, example: 'RKN-C1c' })
  clause: string | null;
}

export class PartnerActTakenDto {
  @ApiProperty({ pattern: '^(doc|rpt|gdn)_[0-9a-hjkmnp-tv-z]{26}$', maxLength: 30 })
  actId: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: '^(rpt|gdn)_[0-9a-hjkmnp-tv-z]{26}$',
    maxLength: 30,
    description: 'The request or guidance that it answers',
  })
  about: string | null;
  @ApiProperty({ type: [ToldAtDto], maxItems: 50 })
  told: ToldAtDto[];
}

export class PartnerActDto extends PartnerActTakenDto {
  @ApiProperty({ enum: ['document_filed', ...REPORTS] })
  kind: string;
  @ApiProperty({ maxLength: 4_000 })
  text: string;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 4_000 })
  instruction: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  dueAt: string | null;
  @ApiProperty({ type: [FiledDocumentDto], maxItems: 20 })
  documents: FiledDocumentDto[];
  @ApiProperty({ format: 'date-time' })
  at: string;
}

export class OpenPointDto {
  @ApiProperty({ pattern: '^[a-z_]{1,60}$', maxLength: 60, example: 'guidance_open' })
  kind: string;
  @ApiProperty({ maxLength: 20, example: 'RKN-C1c' })
  clause: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  since: string | null;
}

export class ConnectionDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ pattern: '^[A-Z_]{1,40}$', maxLength: 40, example: 'CONTRACTED' })
  state: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'The nearest of its deadlines',
  })
  dueAt: string | null;
  @ApiProperty({ type: [OpenPointDto], maxItems: 50 })
  open: OpenPointDto[];
}

export class PartnerHistoryDto {
  @ApiProperty({ pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string;
  @ApiProperty({ type: [PartnerActDto], maxItems: 10_000 })
  acts: PartnerActDto[];
  @ApiProperty({ type: [ConnectionDto], maxItems: 50 })
  connections: ConnectionDto[];
}

export const toFiledDocument = (view: FiledDocumentDto): FiledDocumentDto => ({
  sha256: view.sha256,
  name: view.name,
  mediaType: view.mediaType,
  sizeBytes: view.sizeBytes,
});

export const toActTaken = (view: PartnerActTakenView): PartnerActTakenDto => ({
  actId: view.actId,
  about: view.about,
  told: view.told.map(({ bankCode, state = null, refused = null, clause = null }) => ({
    bankCode,
    state,
    refused,
    clause,
  })),
});

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toPartnerHistory = (view: PartnerHistoryView): PartnerHistoryDto => ({
  chainPartnerId: view.chainPartnerId,
  acts: view.acts.map((act) => ({
    ...toActTaken(act),
    kind: act.kind,
    text: act.text,
    instruction: act.instruction,
    dueAt: act.dueAt,
    documents: act.documents.map(toFiledDocument),
    at: act.at,
  })),
  connections: view.connections.map(({ bankCode, state, deadlines, open }) => ({
    bankCode,
    state,
    dueAt: deadlines.map(({ dueAt }) => dueAt).sort()[0] ?? null,
    open: open.map(({ kind, clause, since }) => ({ kind, clause, since })),
  })),
});
