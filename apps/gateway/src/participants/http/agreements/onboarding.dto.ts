import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { ApplicationMoveRequest, ApplicationView } from '../../../bank/index.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';
import { FiledDocumentDto } from '../partners/partner-report.dto.js';

const STEPS = [
  'organisation',
  'contract_and_checklist',
  'software',
  'keys',
  'chain_partners',
  'sandbox_tests',
  'go_live',
] as const;
const ACTS = ['submitted', 'withdrawn'] as const;
const SIDES = ['intermediary', 'bank'] as const;

export class OpenOnboardingDto {
  @ApiProperty({ minLength: 1, maxLength: 1_000, example: '家計簿への残高・明細の取込み' })
  @IsString()
  @Length(1, 1_000)
  purpose: string;
}

export class OnboardingMoveDto {
  @ApiProperty({ enum: ACTS })
  @IsIn(ACTS)
  act: ApplicationMoveRequest['act'];

  @ApiProperty({ enum: STEPS, required: false, description: 'None for a withdrawal' })
  @IsOptional()
  @IsIn(STEPS)
  step?: (typeof STEPS)[number];

  @ApiProperty({ maxLength: 4_000, required: false, example: '会社案内を添付しました。' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  note?: string;

  @ApiProperty({ type: [FiledDocumentDto], maxItems: 20, required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FiledDocumentDto)
  documents?: FiledDocumentDto[];
}

export class OnboardingStepDto {
  @ApiProperty({ enum: STEPS })
  step: string;
  @ApiProperty({ enum: ['waits', 'open', 'submitted', 'done', 'not_needed'] })
  state: string;
  @ApiProperty({
    type: 'string',
    enum: [...SIDES, null],
    nullable: true,
    description: 'Whose move',
  })
  owner: string | null;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ type: 'string', format: 'date', nullable: true, maxLength: 10 })
  targetOn: string | null;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Seconds that it lay with you' })
  heldByIntermediarySeconds: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Seconds that it lay with the bank' })
  heldByBankSeconds: number;
  @ApiProperty({ maxLength: 4_000 })
  note: string;
}

export class OnboardingDto {
  @ApiProperty({ pattern: idPattern('app'), maxLength: 30 })
  onboardingId: string;
  @ApiProperty({ maxLength: 1_000 })
  purpose: string;
  @ApiProperty({ enum: SIDES })
  openedBy: string;
  @ApiProperty({ format: 'date-time' })
  openedAt: string;
  @ApiProperty({ format: 'date-time', description: 'Until when the clocks were read' })
  asOf: string;
  @ApiProperty({ enum: ['open', 'live', 'withdrawn'] })
  state: string;
  @ApiProperty({ type: [OnboardingStepDto], maxItems: 20 })
  steps: OnboardingStepDto[];
}

export class OnboardingsDto extends PageDto {
  @ApiProperty({ type: [OnboardingDto], maxItems: 99 })
  data: OnboardingDto[];
}

export class OnboardingTakenDto {
  @ApiProperty({ pattern: idPattern('app'), maxLength: 30 })
  onboardingId: string;
}

export const toOnboarding = (view: ApplicationView): OnboardingDto => ({
  onboardingId: view.applicationId,
  purpose: view.purpose,
  openedBy: view.openedBy,
  openedAt: view.openedAt,
  asOf: view.asOf,
  state: view.state,
  steps: view.steps.map((step) => ({
    step: step.step,
    state: step.state,
    owner: step.owner,
    since: step.since,
    targetOn: step.targetOn,
    heldByIntermediarySeconds: step.heldByIntermediarySeconds,
    heldByBankSeconds: step.heldByBankSeconds,
    note: step.note,
  })),
});
