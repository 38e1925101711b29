import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import type { HolderFault, Relation } from '#libs/contracts';
import type { CompensationClaim } from '#libs/liability';
import type { Tri } from '#libs/kernel';
import { instantOf, WireEvidence, WireText, WireYen } from './wire.js';

const TRI = ['yes', 'no', 'unknown'] as const;
const FAULTS = ['none', 'ordinary', 'gross', 'intent', 'unknown'] as const;
const RELATIONS = [
  'spouse',
  'family_within_second_degree',
  'cohabiting_relative',
  'other_cohabitant',
  'domestic_staff',
  'other_relative',
  'stranger',
  'unknown',
] as const;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export class FactFoundDto {
  @ApiProperty({ enum: TRI }) @IsIn(TRI) value: Tri;
  @WireEvidence() evidence: string[];
}

export class FaultDto {
  @ApiProperty({ enum: FAULTS }) @IsIn(FAULTS) value: HolderFault;
  @WireEvidence() evidence: string[];
}

export class RelationDto {
  @ApiProperty({ enum: RELATIONS }) @IsIn(RELATIONS) value: Relation;
  @WireEvidence() evidence: string[];
}

export class TheftDateDto {
  @ApiProperty({ enum: ['known', 'estimated', 'not_clear'] })
  @IsIn(['known', 'estimated', 'not_clear'])
  status: 'known' | 'estimated' | 'not_clear';
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @Matches(DAY) date?: string;
  @WireEvidence() evidence: string[];
}

export class HolderNoticeDto {
  @WireText(100) id: string;
  @SentInstant() at: string;
  @ApiProperty({ enum: ['notice', 'loss_report'] })
  @IsIn(['notice', 'loss_report'])
  kind: 'notice' | 'loss_report';
  @ApiProperty() @IsBoolean() tellsOfMisuse: boolean;
}

export class WrongfulTransferDto {
  @WireText(100) id: string;
  @SentInstant() happenedAt: string;
  @WireYen() amount: string;
  @WireYen() fee: string;
  @WireYen() interest: string;
}

export class ImpedimentDto {
  @WireText(100) id: string;
  @WireText(200) circumstance: string;
  @ApiProperty({ format: 'date' }) @Matches(DAY) from: string;
  @ApiProperty({ format: 'date' }) @Matches(DAY) to: string;
  @ApiProperty({ type: FactFoundDto })
  @IsObject()
  @ValidateNested()
  @Type(() => FactFoundDto)
  proven: FactFoundDto;
  /** Of a period over before the misuse began: whether people let it count (SM-14.2c/c). */
  @ApiPropertyOptional({ type: FactFoundDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FactFoundDto)
  countsThoughEarlier?: FactFoundDto;
}

export class SetOffDto {
  @WireText(100) id: string;
  @ApiProperty({ enum: ['refund', 'damages', 'unjust_enrichment'] })
  @IsIn(['refund', 'damages', 'unjust_enrichment'])
  kind: 'refund' | 'damages' | 'unjust_enrichment';
  @WireYen() amountYen: string;
}

const Found = (): PropertyDecorator => (target, key) => {
  ApiProperty({ type: FactFoundDto })(target, key);
  IsObject()(target, String(key));
  ValidateNested()(target, String(key));
  Type(() => FactFoundDto)(target, String(key));
};

const Listed =
  (type: new () => object, maxItems: number): PropertyDecorator =>
  (target, key) => {
    ApiProperty({ type: [type], maxItems })(target, key);
    IsArray()(target, String(key));
    ArrayMaxSize(maxItems)(target, String(key));
    ValidateNested({ each: true })(target, String(key));
    Type(() => type)(target, String(key));
  };

/** What has been established about a claim under SM-14, each fact with its evidence. */
export class ClaimDto {
  @Found() holderIsIndividual: FactFoundDto;
  @Found() credentialsStolen: FactFoundDto;
  @Found() depositReduced: FactFoundDto;
  @ApiProperty({ type: TheftDateDto })
  @IsObject()
  @ValidateNested()
  @Type(() => TheftDateDto)
  theftDate: TheftDateDto;
  @ApiPropertyOptional({ format: 'date-time' }) @IsOptional() @Matches(/T/) noticedAt?: string;
  @Listed(HolderNoticeDto, 20) notices: HolderNoticeDto[];
  @Found() promptNotice: FactFoundDto;
  @Found() adequateExplanation: FactFoundDto;
  @Found() policeReport: FactFoundDto;
  @Found() otherTheftEvidence: FactFoundDto;
  @Found() cooperation: FactFoundDto;
  @ApiProperty({ type: FaultDto })
  @IsObject()
  @ValidateNested()
  @Type(() => FaultDto)
  holderFault: FaultDto;
  @Found() institutionGoodFaith: FactFoundDto;
  @Found() institutionFaultless: FactFoundDto;
  @ApiProperty({ type: RelationDto })
  @IsObject()
  @ValidateNested()
  @Type(() => RelationDto)
  relation: RelationDto;
  @Found() falseStatement: FactFoundDto;
  @Found() graveDisorder: FactFoundDto;
  @Listed(WrongfulTransferDto, 200) transfers: WrongfulTransferDto[];
  @Listed(ImpedimentDto, 50) impediments: ImpedimentDto[];
  @Listed(SetOffDto, 50) setOffs: SetOffDto[];
}

export class EstablishFactsDto {
  @ApiProperty({ type: 'integer', minimum: 0 }) @IsInt() @Min(0) @Max(10_000) seenVersion: number;
  @ApiProperty({ type: ClaimDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ClaimDto)
  claim: ClaimDto;
}

export class WhatIfDto {
  @ApiProperty({ enum: ['compensation', 'fraud_policy'] })
  @IsIn(['compensation', 'fraud_policy'])
  about: 'compensation' | 'fraud_policy';
  @ApiPropertyOptional({ enum: ['individual', 'sole_proprietor', 'corporate', 'unknown'] })
  @IsOptional()
  @IsIn(['individual', 'sole_proprietor', 'corporate', 'unknown'])
  holderKind?: 'individual' | 'sole_proprietor' | 'corporate' | 'unknown';
  @ApiProperty({ type: ClaimDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ClaimDto)
  claim: ClaimDto;
}

/** The claim as the library takes it: instants, yen, nothing else changed. */
export function claimOf(dto: ClaimDto): CompensationClaim {
  const { noticedAt, notices, transfers, setOffs, ...rest } = dto;
  return {
    ...plain(rest),
    ...(noticedAt !== undefined && { noticedAt: instantOf(noticedAt) }),
    notices: notices.map((one) => ({ ...one, at: instantOf(one.at) })),
    transfers: transfers.map((one) => ({
      id: one.id,
      happenedAt: instantOf(one.happenedAt),
      amount: BigInt(one.amount),
      fee: BigInt(one.fee),
      interest: BigInt(one.interest),
    })),
    setOffs: setOffs.map((one) => ({ ...one, amountYen: BigInt(one.amountYen) })),
  };
}

/** Without the classes of the wire: what is stored has no prototype but JSON's. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
