import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';

const EPSP = '^epsp_[0-9a-hjkmnp-tv-z]{26}$';

export class CallCountDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  @ApiProperty({ pattern: EPSP })
  @Matches(new RegExp(EPSP))
  epspId: string;

  @SentInstant({ description: 'the hour began then' })
  hour: string;

  @ApiProperty({ minimum: 0 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  calls: number;

  @ApiProperty({ minimum: 0, description: "failed by the intermediary's fault" })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  faults: number;
}

export class ClientCertificateDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @Matches(/^[A-Za-z0-9._~-]{1,200}$/)
  clientId: string;

  @ApiProperty({ pattern: EPSP })
  @Matches(new RegExp(EPSP))
  epspId: string;

  @SentInstant({ description: 'of its newest certificate' })
  goodUntil: string;
}

/** What one node of the gateway tells every minute. */
export class GatewayReportDto {
  @ApiProperty({ minLength: 1, maxLength: 64 })
  @IsString()
  @Length(1, 64)
  @Matches(/^[A-Za-z0-9._:-]+$/)
  node: string;

  @ApiProperty({ type: [CallCountDto], maxItems: 1_000 })
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => CallCountDto)
  calls: CallCountDto[];

  @ApiProperty({ type: [ClientCertificateDto], maxItems: 1_000 })
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => ClientCertificateDto)
  certificates: ClientCertificateDto[];
}
