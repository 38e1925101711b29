import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { INTERNAL } from '../../platform/internal-caller.js';
import { GatewayReports } from '../gateway-reports.service.js';
import { GatewayReportDto } from './gateway-report.dto.js';

/** What only the gateway sees and officers want to know: how calls end, and until when certificates hold. */
@ApiTags('links')
@Controller(`${INTERNAL}/links/gateway-reports`)
export class GatewayReportsController {
  constructor(@Inject(GatewayReports) private readonly reports: GatewayReports) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ operationId: 'tellGatewayReport', summary: '通信量・誤り・証明書の報告' })
  @ApiNoContentResponse()
  async tell(@Body() { node, calls, certificates }: GatewayReportDto): Promise<void> {
    await this.reports.take({
      node,
      calls: calls.map((one) => ({ ...one, hour: instantOf(one.hour) })),
      certificates: certificates.map((one) => ({ ...one, goodUntil: instantOf(one.goodUntil) })),
    });
  }
}

function instantOf(text: string): number {
  const at = Date.parse(text);
  if (!Number.isFinite(at)) throw platformProblem('validation_failed');
  return at;
}
