import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { MoneyDto, yen } from '../../platform/http/shapes.dto.js';

const DATE = '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$';

export class ReconciliationParams {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  @IsString()
  bankCode: string;

  @ApiProperty({ format: 'date', pattern: DATE, maxLength: 10, example: '2026-11-22' })
  @Matches(new RegExp(DATE))
  businessDate: string;
}

export class ReconciliationDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;

  @ApiProperty({ format: 'date', maxLength: 10, example: '2026-11-22' })
  businessDate: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Transfers formed on the day' })
  count: number;

  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  fee: MoneyDto;

  @ApiProperty({
    pattern: '^[0-9a-f]{64}$',
    maxLength: 64,
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    description:
      'SHA-256 over one line per transfer, in the byte order of the transfer id: ' +
      'transferId,instructionId,amount,fee and a line feed after each',
  })
  hash: string;

  @ApiProperty({ description: 'False while the day is not over in Tokyo' })
  isFinal: boolean;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  asOf: string;
}

/** 日次突合: what the bank has of the software's transfers of one day, to compare without rows. */
@ApiTags('transfers')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/reconciliations/:businessDate')
export class ReconcileController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'status', isOwn: true })
  @Documented({
    id: 'getReconciliation',
    ja: '日次突合（件数・金額・ハッシュ）',
    en: 'Count, sums and hash of your own transfers of one day',
    also: [422],
  })
  @ApiOkResponse({ type: ReconciliationDto })
  async get(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param() { businessDate }: ReconciliationParams,
  ): Promise<ReconciliationDto> {
    const answer = await this.bank.reconciliation(caller, bankCode, businessDate);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const view = answer.value;
    return {
      bankCode: view.bankCode,
      businessDate: view.businessDate,
      count: view.count,
      amount: yen(view.amountYen),
      fee: yen(view.feeYen),
      hash: view.hash,
      isFinal: view.isFinal,
      asOf: view.asOf,
    };
  }
}
