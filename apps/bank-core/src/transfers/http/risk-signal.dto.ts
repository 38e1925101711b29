import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, ValidateNested } from 'class-validator';
import { SentInstant } from '#libs/platform';
import { RISK_GRADES, RISK_KINDS, type RiskGrade, type RiskKind } from '../domain/risk-signal.js';

export class RiskSignalDto {
  @ApiProperty({ enum: RISK_KINDS })
  @IsIn(RISK_KINDS)
  kind: RiskKind;

  @ApiProperty({ enum: RISK_GRADES })
  @IsIn(RISK_GRADES)
  grade: RiskGrade;

  @SentInstant()
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
