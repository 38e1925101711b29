import { ApiProperty } from '@nestjs/swagger';

export class AgreementDueDto {
  @ApiProperty({ example: 'guidance_open' }) kind: string;
  @ApiProperty({ type: String, nullable: true, example: 'RKN-C1c' }) clause: string | null;
  @ApiProperty() epspId: string;
  @ApiProperty({ description: 'A partner, a version, an application.' }) about: string;
  @ApiProperty({ type: String, nullable: true, description: 'What grounds can point at.' })
  evidence: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['partner_default', 'guidance_failure'] })
  ground: string | null;
  @ApiProperty({ type: String, nullable: true, pattern: '^[0-9]{4}$' }) bankCode: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) since: string | null;
}

export class AgreementsDueDto {
  @ApiProperty({ type: [AgreementDueDto] }) due: AgreementDueDto[];
}
