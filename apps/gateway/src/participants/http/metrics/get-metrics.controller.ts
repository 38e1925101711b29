import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnMetricsService } from '../../own-metrics.service.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { MetricsDto, MetricsQuery, toMetrics } from './metrics.dto.js';

/** One's own figures, by the definitions that the log and the bank have. */
@Controller(`${ME}/metrics`)
export class GetMetricsController {
  constructor(@Inject(OwnMetricsService) private readonly metrics: OwnMetricsService) {}

  @Get()
  @OwnAffair({
    id: 'getMetrics',
    ja: '自社の通信量・拒否・原因・応答時間・残りの上限',
    en: 'Your calls, refusals by code, whose fault they were, latency, and quotas left',
  })
  @ApiOkResponse({ type: MetricsDto })
  async get(
    @CurrentAccess() access: Access,
    @Query() { span = 'hour', from, to, bankCode }: MetricsQuery,
  ): Promise<MetricsDto> {
    const asked = { span, bankCode, from: instantOf(from), to: instantOf(to) };
    return toMetrics(orRefuse(await this.metrics.read(ownCaller(access), asked)));
  }
}

/** The year 9000: no figure is asked for beyond it. */
const FAR_MS = 221_845_392_000_000;

/** Well formed already; an instant that the calendar does not have is refused here. */
function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = Date.parse(text);
  if (!(instant >= 0 && instant < FAR_MS)) throw platformProblem('validation_failed');
  return instant;
}
