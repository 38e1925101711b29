import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { platformProblem, problemOf } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { approvalSentences } from '../../approval.refusals.js';
import { HandOver, type AskedOnHandOver } from '../../hand-over.js';
import { HandedOverDto, OpenApprovalDto } from './approval.dto.js';
import { approvalStatuses } from './approval.problems.js';

/** A stored request in, a one-time handle out. */
@ApiTags('approvals')
@Controller(`${INTERNAL}/approvals`)
export class OpenApprovalController {
  constructor(@Inject(HandOver) private readonly handOver: HandOver) {}

  @Post()
  @ApiOperation({ operationId: 'openApproval', summary: '承認の依頼の受付' })
  @ApiCreatedResponse({ type: HandedOverDto })
  async open(
    @Body() body: OpenApprovalDto,
    @Req() request: FastifyRequest,
  ): Promise<HandedOverDto> {
    const opened = await this.handOver.open(internalCaller(request), {
      requestKey: body.requestKey,
      asked: askedOf(body),
      bankCode: body.bankCode ?? undefined,
      returnUrl: body.returnUrl,
      redirectOrigin: body.redirectOrigin,
      language: body.locale ?? undefined,
      expiresAt: Date.parse(body.expiresAt),
    });
    if (!opened.ok) throw problemOf(opened.refusal, approvalStatuses, approvalSentences);
    return opened.value;
  }
}

/** Exactly one of the three, never two (design.md section 3). */
function askedOf(body: OpenApprovalDto): AskedOnHandOver {
  const { kind, accountInformation, transferId, consentExtension } = body;
  const given = [accountInformation, transferId, consentExtension].filter(
    (one) => one !== undefined,
  );
  if (given.length > 1) throw platformProblem('validation_failed');
  if (kind === 'account_information' && accountInformation) {
    const { permissions, purpose, termDays } = accountInformation;
    return { kind, permissions, purpose, termDays };
  }
  if (kind === 'transfer_initiation' && transferId !== undefined) return { kind, transferId };
  if (kind === 'consent_extension' && consentExtension) {
    const { consentId, termDays } = consentExtension;
    return { kind, consentId, termDays };
  }
  throw platformProblem('validation_failed');
}
