import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  Matches,
  ValidateNested,
} from 'class-validator';
import { RISK_GRADES, RISK_KINDS, type RiskGrade, type RiskKind } from '../domain/risk-signal.js';

const INSTANT =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?(?:Z|[+-][0-9]{2}:[0-9]{2})$';

export class RiskSignalDto {
  @ApiProperty({ enum: RISK_KINDS })
  @IsIn(RISK_KINDS)
  kind: RiskKind;

  @ApiProperty({ enum: RISK_GRADES })
  @IsIn(RISK_GRADES)
  grade: RiskGrade;

  @ApiProperty({ format: 'date-time', pattern: INSTANT })
  @Matches(new RegExp(INSTANT))
  observedAt: string;
}

export class ReportRiskSignalsDto {
  @ApiProperty({ type: [RiskSignalDto], minItems: 1, maxItems: 20 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => RiskSignalDto)
  signals: RiskSignalDto[];
}

export class RiskSignalReceiptDto {
  @ApiProperty() transferId: string;
  @ApiProperty({ type: 'integer' }) received: number;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
}
