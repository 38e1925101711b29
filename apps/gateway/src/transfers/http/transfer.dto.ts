import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import type { TransferView } from '../../bank/index.js';
import { MoneyDto, yen } from '../../platform/http/shapes.dto.js';

export const TRANSFER_STATUSES = [
  'RCVD',
  'ACTC',
  'SCHD',
  'RSVD',
  'ACSP',
  'ACSC',
  'PDNG',
  'RJCT',
  'CANC',
  'EXPD',
] as const;

export class TransferQuery {
  @ApiProperty({ pattern: '^[A-Za-z0-9._-]{1,64}$', maxLength: 64 })
  @IsString()
  @MaxLength(64)
  @Matches(/^[A-Za-z0-9._-]{1,64}$/)
  instructionId: string;
}

export class CreditorDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;

  @ApiProperty({ pattern: '^[0-9]{3}$', maxLength: 3 })
  branchCode: string;

  @ApiProperty({ pattern: '^[0-9]$', maxLength: 1 })
  accountType: string;

  @ApiProperty({ pattern: '^[0-9]{7}$', maxLength: 7 })
  accountNumber: string;

  @ApiProperty({ maxLength: 140, description: 'As normalised and executed' })
  nameKana: string;
}

export class TransferDto {
  @ApiProperty({ pattern: '^trf_[0-9a-z]{26}$', maxLength: 30 })
  transferId: string;

  @ApiProperty({ maxLength: 64 })
  instructionId: string;

  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;

  @ApiProperty({ enum: TRANSFER_STATUSES })
  status: TransferView['status'];

  @ApiProperty({ type: 'string', nullable: true, maxLength: 80 })
  statusReason: string | null;

  @ApiProperty({
    enum: ['returned', 'return_pending'],
    nullable: true,
    description: 'Its money came back; return_pending: and no account has taken it yet',
  })
  aftercare: TransferView['aftercare'];

  @ApiProperty({ enum: ['furikomi', 'furikae'], nullable: true })
  kind: TransferView['kind'];

  @ApiProperty({ type: CreditorDto })
  creditor: CreditorDto;

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ type: MoneyDto, nullable: true })
  fee: MoneyDto | null;

  @ApiProperty({ format: 'date', maxLength: 10 })
  requestedDate: string;

  @ApiProperty({ type: 'string', nullable: true, maxLength: 140 })
  ediText: string | null;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  receivedAt: string;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  expiresAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  confirmedAt: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  formedAt: string | null;

  @ApiProperty({ pattern: '^(none|cp_[0-9a-z]{26})$', maxLength: 29 })
  chainPartnerId: string;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toTransfer = (view: TransferView): TransferDto => ({
  transferId: view.transferId,
  instructionId: view.instructionId,
  bankCode: view.bankCode,
  status: view.status,
  statusReason: view.statusReason,
  aftercare: view.aftercare,
  kind: view.kind,
  creditor: {
    bankCode: view.creditor.bankCode,
    branchCode: view.creditor.branchCode,
    accountType: view.creditor.accountType,
    accountNumber: view.creditor.accountNumber,
    nameKana: view.creditor.nameKana,
  },
  amount: yen(view.amountYen),
  fee: view.feeYen === null ? null : yen(view.feeYen),
  requestedDate: view.requestedDate,
  ediText: view.ediText,
  receivedAt: view.receivedAt,
  expiresAt: view.expiresAt,
  confirmedAt: view.confirmedAt,
  formedAt: view.formedAt,
  chainPartnerId: view.chainPartnerId,
  asOf: view.asOf,
});
