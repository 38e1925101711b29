import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { platformProblem, problemOf } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { approvalSentences } from '../../approval.refusals.js';
import type { Asked } from '../../domain/approval.js';
import { HandOver } from '../../hand-over.js';
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

/** Exactly one of the two, never both (design.md section 3). */
function askedOf({ kind, accountInformation, transferId }: OpenApprovalDto): Asked {
  if (kind === 'account_information' && accountInformation && transferId === undefined) {
    const { permissions, purpose, termDays } = accountInformation;
    return { kind, permissions, purpose, termDays };
  }
  if (kind === 'transfer_initiation' && transferId !== undefined && !accountInformation)
    return { kind, transferId };
  throw platformProblem('validation_failed');
}
