import 'reflect-metadata';
import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import {
  createApplication,
  failAtStart,
  liveUnderSupervisor,
  Metrics,
  Operations,
  sayReady,
  Settings,
} from '#libs/platform';
import { BankService, coreProblem } from '../../../apps/gateway/src/bank/index.js';
import { toBalances } from '../../../apps/gateway/src/inquiry/http/account.dto.js';
import { AccountParams } from '../../../apps/gateway/src/inquiry/http/account.params.js';
import { GATEWAY_CONFIG, readGatewayConfig } from '../../../apps/gateway/src/platform/config.js';

/** Whose balance is read: what the guard would have found out. */
const caller = JSON.parse(new Settings().text('BENCH_CALLER')) as Parameters<
  BankService['balances']
>[0];

/**
 * (b) The route of the balance on the same server, with its validation and its call to bank-core, and
 * nothing that protects it: neither token nor proof, certificate, table of checks or quota.
 */
@Controller('v1/banks/:bankCode/accounts/:accountId/balances')
class BareBalancesController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  async get(@Param('bankCode') bankCode: string, @Param() params: AccountParams) {
    const answer = await this.bank.balances(caller, bankCode, params.known());
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toBalances(answer.value);
  }
}

@Module({
  controllers: [BareBalancesController],
  providers: [
    BankService,
    Metrics,
    { provide: GATEWAY_CONFIG, useFactory: () => readGatewayConfig() },
  ],
})
class BareModule {}

async function main(): Promise<void> {
  const { tls, listen, log, publicOrigin } = readGatewayConfig();
  const operations = new Operations('gateway', log);
  const hosts = [new URL(publicOrigin).host];
  const app = await createApplication(BareModule, { tls, hosts, operations });
  await app.listen(listen.port, listen.host);
  liveUnderSupervisor(() => app.close());
  sayReady();
}

main().catch(failAtStart);
