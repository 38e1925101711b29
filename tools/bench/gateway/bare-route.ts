import 'reflect-metadata';
import { createServer } from 'node:https';
import type { RequestListener } from 'node:http';
import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { failAtStart, liveUnderSupervisor, sayReady, TLS_PROFILE } from '#libs/platform';
import { BankService } from '../../../apps/gateway/src/bank/index.js';
import { toBalances } from '../../../apps/gateway/src/inquiry/http/account.dto.js';
import { GATEWAY_CONFIG, readGatewayConfig } from '../../../apps/gateway/src/platform/config.js';

/** Whose balance is read: what the guard would have found out. */
const caller = JSON.parse(process.env['BENCH_CALLER'] ?? '{}') as Parameters<
  BankService['balances']
>[0];

/** (b) The route without anything in front of it: Nest on fastify over TLS, and the call to bank-core. */
@Controller('v1/banks/:bankCode/accounts/:accountId/balances')
class BareBalancesController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  async get(@Param() { bankCode, accountId }: { bankCode: string; accountId: string }) {
    const answer = await this.bank.balances(caller, bankCode, accountId);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return toBalances(answer.value);
  }
}

@Module({
  controllers: [BareBalancesController],
  providers: [BankService, { provide: GATEWAY_CONFIG, useFactory: () => readGatewayConfig() }],
})
class BareModule {}

async function main(): Promise<void> {
  const { tls, listen } = readGatewayConfig();
  const serverFactory = (nest: RequestListener) => createServer({ ...TLS_PROFILE, ...tls }, nest);
  const adapter = new FastifyAdapter({ logger: false, serverFactory });
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
    logger: false,
  });
  await app.listen(listen.port, listen.host);
  liveUnderSupervisor(() => app.close());
  sayReady();
}

main().catch(failAtStart);
