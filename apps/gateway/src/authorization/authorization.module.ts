import { Module, type FactoryProvider } from '@nestjs/common';
import Provider from 'oidc-provider';
import { Database } from '#libs/platform';
import { BankModule } from '../bank/index.js';
import { ClientsModule, ClientsService, metadataOf } from '../clients/index.js';
import { GrantsModule, GrantsService } from '../grants/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';
import { FinishInteraction } from './finish-interaction.js';
import { AccessService } from './access.service.js';
import { HandOver } from './hand-over.js';
import { AccessGuard, AccessStrategy } from './http/access.guard.js';
import { AddressGate } from './http/address-gate.js';
import { ArrivedCalls } from './http/arrived-calls.js';
import { CallStories } from './http/call-stories.js';
import { Door } from './http/door.js';
import { ReturnController } from './http/return.controller.js';
import { OIDC_PROVIDER } from './oidc-provider.token.js';
import { OwnRates } from './own-rates.js';
import { PartyReader } from './party-reader.js';
import { ProofJudge } from './proof-judge.js';
import { RateClaims } from './rate-claims.js';
import { createProvider } from './provider.js';
import { marksOfProof, marksOfShown } from './marks-of-proof.js';
import { ResourceServers } from './resource-servers.js';
import { RequestJudge } from './request-judge.js';
import { ProofStore } from './storage/proof.store.pg.js';

const oidcProvider: FactoryProvider = {
  provide: OIDC_PROVIDER,
  inject: [
    GATEWAY_CONFIG,
    Database,
    ClientsService,
    GrantsService,
    RequestJudge,
    HandOver,
    HostClock,
    ClientCertificates,
    AddressGate,
  ],
  useFactory: (
    config: GatewayConfig,
    database: Database,
    clients: ClientsService,
    grants: GrantsService,
    judge: RequestJudge,
    handOver: HandOver,
    clock: HostClock,
    certificates: ClientCertificates,
    gate: AddressGate,
  ) => {
    const servers = new ResourceServers(config.resourceServers);
    // Whoever shows a certificate that was reported as compromised is no client of ours (T-09).
    const isRefused = async (clientId: string): Promise<boolean> => {
      const marks = Provider.ctx ? marksOfShown(Provider.ctx, certificates) : [];
      return marks.length > 0 && clients.isCompromised(marks, clientId);
    };
    return createProvider({
      issuer: config.publicOrigin,
      mutualOrigin: config.mutualTls.publicOrigin,
      certificates,
      isResourceServer: (clientId) => servers.has(clientId),
      isBlocked: (clientId) => clients.isBlocked(clientId),
      secrets: config.secrets,
      database,
      clock,
      neighbours: {
        findClient: async (clientId) => {
          const server = servers.metadataOf(clientId);
          if (server) return server;
          await gate.named(clientId);
          const client = await clients.find(clientId);
          return client && (await isRefused(clientId)) ? undefined : client && metadataOf(client);
        },
        endGrant: (grantId) => grants.end(grantId, 'invalid_token'),
        provenBy: (ctx) => marksOfProof(ctx, clients, certificates),
      },
      endOfGrant: (grantId) => grants.endOf(grantId),
      intermediaryOf: async (clientId) => (await clients.find(clientId))?.epspId,
      hooks: {
        judgeDetails: (ctx) => judge.judge(ctx),
        handOver: (ctx, interaction) => handOver.open(ctx, interaction),
      },
    });
  },
};

@Module({
  imports: [BankModule, ClientsModule, GrantsModule],
  controllers: [ReturnController],
  providers: [
    PartyReader,
    RequestJudge,
    HandOver,
    AddressGate,
    oidcProvider,
    FinishInteraction,
    ProofStore,
    ProofJudge,
    RateClaims,
    OwnRates,
    AccessService,
    ArrivedCalls,
    CallStories,
    Door,
    AccessStrategy,
    AccessGuard,
  ],
  exports: [OIDC_PROVIDER, AccessService, AccessGuard, OwnRates],
})
export class AuthorizationModule {}
