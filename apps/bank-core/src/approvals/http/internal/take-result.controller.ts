import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { assert, instantToWire } from '#libs/kernel';
import { problemOf } from '#libs/platform';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { approvalSentences } from '../../approval.refusals.js';
import { HandOver, type ApprovalResult } from '../../hand-over.js';
import { ApprovalResultDto, ApprovedConsentDto, TakeResultDto } from './approval.dto.js';
import { approvalStatuses } from './approval.problems.js';

/** What the holder decided, and whether the consent still stands: by back channel, to the client that asked. */
@ApiTags('approvals')
@Controller(`${INTERNAL}/approvals/results`)
export class TakeResultController {
  constructor(@Inject(HandOver) private readonly handOver: HandOver) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'takeApprovalResult', summary: '承認の結果の取得' })
  @ApiOkResponse({ type: ApprovalResultDto })
  async take(
    @Body() body: TakeResultDto,
    @Req() request: FastifyRequest,
  ): Promise<ApprovalResultDto> {
    const result = await this.handOver.result(internalCaller(request), body.handle);
    if (!result.ok) throw problemOf(result.refusal, approvalStatuses, approvalSentences);
    const { approval, bankCode, subject, given, transfer } = result.value;
    assert(approval.outcome, 'A result is kept only of what has ended.');
    return {
      approvalId: approval.id,
      requestKey: approval.requestKey,
      outcome: approval.outcome,
      reason: approval.reason ?? null,
      subject: subject ?? null,
      bankCode: bankCode ?? null,
      consent: given ? consentToWire(given) : null,
      transfer: transfer ? { transferId: transfer.transferId, status: transfer.status } : null,
    };
  }
}

const consentToWire = ({
  consent,
  end,
}: NonNullable<ApprovalResult['given']>): ApprovedConsentDto => ({
  consentId: consent.id,
  permissions: [...consent.permissions],
  purpose: consent.purpose,
  accountIds: [...consent.accountIds],
  expiresAt: instantToWire(consent.expiresAt),
  endedCode: end ?? null,
});
