import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CivilDate, endOf, isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { PartnerActsService } from '../../partner-acts.service.js';
import { actProblemSentences, actStatuses } from '../act.problems.js';
import { historyToWire, toldToWire } from '../partner-wire.js';
import { ActTakenDto, EnterActDto, PartnerHistoryDto } from './partner-act.dto.js';

/** What the intermediary asks of its partner and reports of it: RKN-C1b, RKN-C1c, RKN-C1d. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/chain-partners/:partnerId/acts`)
export class OwnPartnerActsController {
  constructor(
    @Inject(PartnerActsService) private readonly acts: PartnerActsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getPartnerHistory',
    summary: '連鎖接続先の報告・指導の経過',
    ...{ 'x-summary-en': 'Reports and guidance of a chain partner, and where it stands' },
  })
  @ApiOkResponse({ type: PartnerHistoryDto })
  async history(
    @Param('partnerId') partnerId: string,
    @Req() request: FastifyRequest,
  ): Promise<PartnerHistoryDto> {
    const { epspId } = internalCaller(request);
    const file = await this.acts.file(ownId(partnerId), 'all', epspId);
    if (!file) throw platformProblem('not_found');
    return historyToWire(file, (id) => this.codes.codeOf(id));
  }

  @Post()
  @ApiOperation({
    operationId: 'enterPartnerAct',
    summary: '連鎖接続先への報告の求め・指導・結果の登録',
    ...{ 'x-summary-en': 'Enter a request, a report, guidance, its outcome, or a document' },
  })
  @ApiCreatedResponse({ type: ActTakenDto })
  async enter(
    @Param('partnerId') partnerId: string,
    @Body() { kind, text, instruction, dueOn, documents = [] }: EnterActDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActTakenDto> {
    const said = { kind, text, instruction, dueAt: endOfDay(dueOn), documents };
    const key = idempotencyKeyOf(request);
    const caller = internalCaller(request);
    const result = await this.acts.enter(caller, key, ownId(partnerId), said);
    if (!result.ok) throw problemOf(result.refusal, actStatuses, actProblemSentences);
    if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
    const { actId, about, told } = result.value.body;
    return { actId, about, told: await toldToWire(told, (id) => this.codes.codeOf(id)) };
  }
}

function ownId(partnerId: string): string {
  if (!isId('cp', partnerId)) throw platformProblem('not_found');
  return partnerId;
}

/** A day that is due is over with its last instant. */
function endOfDay(text: string | undefined) {
  if (text === undefined) return undefined;
  const date = CivilDate.parse(text);
  if (!date.ok) throw platformProblem('validation_failed');
  return endOf(date.value) - 1;
}
