import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Database, platformProblem } from '#libs/platform';
import { Readiness } from './readiness.js';

/** Says whether this process lives and whether it can do its work; nothing about the data. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  @Get('healthz')
  live() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready() {
    await this.database.pool.query('select 1').catch(() => {
      throw platformProblem('core_unavailable');
    });
    // Without bank-core's links and catalogue every push is refused: listening is not readiness.
    if (!this.readiness.isReady()) throw platformProblem('core_unavailable');
    return { status: 'ok' };
  }
}
