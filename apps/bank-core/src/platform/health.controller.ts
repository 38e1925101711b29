import { Controller, Get, Inject } from '@nestjs/common';
import { Database, platformProblem } from '#libs/platform';
import { BANK_CONFIG, type BankConfig } from './config.js';

/**
 * Says whether this process lives and whether it can do its work; nothing about the data. In production only the
 * private listener does (users.md D.1).
 */
@Controller()
export class HealthController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
  ) {}

  @Get('healthz')
  live() {
    this.refuseInProduction();
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready() {
    this.refuseInProduction();
    await this.database.pool.query('select 1').catch(() => {
      throw platformProblem('core_unavailable');
    });
    return { status: 'ok' };
  }

  private refuseInProduction(): void {
    if (this.config.mode === 'production') throw platformProblem('not_found');
  }
}
