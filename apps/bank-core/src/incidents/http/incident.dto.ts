import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { instantToWire, type Instant } from '#libs/kernel';
import type { Incident } from '../domain/incident.js';
import { INCIDENT_CLAUSES, INCIDENT_KINDS, INCIDENT_PHASES } from '../domain/incident.js';

export const INCIDENT = '^inc_[0-9a-hjkmnp-tv-z]{26}$';
export const USERS_MAX = 100_000_000;

const NullableInstant = (description: string) =>
  applyDecorators(ApiProperty({ type: String, format: 'date-time', nullable: true, description }));

/** What the first report fixed, and how it stands by the last one. */
export class IncidentFactsDto {
  @ApiProperty({ pattern: INCIDENT }) incidentId: string;
  @ApiProperty({ description: 'The intermediary’s own name for it' }) reference: string;
  @ApiProperty({ enum: INCIDENT_KINDS }) kind: string;
  @ApiProperty({ description: 'The clause that it touches', example: 'RKN-S2' }) clause: string;
  @ApiProperty({ type: String, nullable: true }) chainPartnerId: string | null;
  @NullableInstant('Null: not known') occurredAt: string | null;
  @ApiProperty({ format: 'date-time' }) foundAt: string;
}

export class ExtentDto {
  @ApiProperty({ enum: INCIDENT_PHASES }) phase: string;
  @ApiProperty({ type: [String] }) functions: string[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: not known' })
  affectedUsers: number | null;
}

export const factsToWire = (incident: Incident): IncidentFactsDto => ({
  incidentId: incident.id,
  reference: incident.reference,
  kind: incident.kind,
  clause: INCIDENT_CLAUSES[incident.kind],
  chainPartnerId: incident.chainPartnerId ?? null,
  occurredAt: whenOrNull(incident.occurredAt),
  foundAt: instantToWire(incident.foundAt),
});

export const extentToWire = ({ phase, functions, affectedUsers }: Incident): ExtentDto => ({
  phase,
  functions: [...functions],
  affectedUsers: affectedUsers ?? null,
});

export const whenOrNull = (at: Instant | undefined): string | null =>
  at === undefined ? null : instantToWire(at);
