import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, ValidateNested } from 'class-validator';
import { SentInstant } from '#libs/platform';
import type { RiskSignalReceipt, RiskSignalsRequest } from '../../bank/index.js';

type Signal = RiskSignalsRequest['signals'][number];

export const RISK_KINDS: readonly Signal['kind'][] = [
  'new_device',
  'new_payee',
  'unusual_amount',
  'unusual_place',
  'unusual_time',
  'remote_control_suspected',
  'malware_suspected',
  'credentials_changed_recently',
  'many_attempts',
  'reported_by_user',
];
export const RISK_GRADES: readonly Signal['grade'][] = ['low', 'medium', 'high'];

export class RiskSignalDto {
  @ApiProperty({ enum: RISK_KINDS })
  @IsIn([...RISK_KINDS])
  kind: Signal['kind'];

  @ApiProperty({ enum: RISK_GRADES })
  @IsIn([...RISK_GRADES])
  grade: Signal['grade'];

  @SentInstant()
  observedAt: string;
}

export class RiskSignalsDto {
  @ApiProperty({ type: [RiskSignalDto], minItems: 1, maxItems: 20 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => RiskSignalDto)
  signals: RiskSignalDto[];
}

export class RiskSignalReceiptDto {
  @ApiProperty({ pattern: '^trf_[0-9a-z]{26}$', maxLength: 30 })
  transferId: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 20 })
  received: number;

  @ApiProperty({ format: 'date-time', maxLength: 40 })
  receivedAt: string;
}

export const toReceipt = (view: RiskSignalReceipt): RiskSignalReceiptDto => ({
  transferId: view.transferId,
  received: view.received,
  receivedAt: view.receivedAt,
});
