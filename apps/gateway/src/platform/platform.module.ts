import { type DynamicModule, Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Database, Metrics, Operations } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from './config.js';
import { HostClock } from './host-clock.js';
import { ClientCertificates } from './mutual-tls/client-certificates.js';
import { RateLimits } from './rates/rate-limits.js';
import { RateStore } from './rates/rate.store.js';
import { SweepRates } from './rates/sweep-rates.job.js';
import { RevocationWatch } from './mutual-tls/revocation-watch.js';
import { Randomness } from './randomness.js';
import { Readiness } from './readiness.js';

/** Plumbing that every room may use: configuration, the gateway's database, the clock. It knows no room. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static with(config: GatewayConfig, operations: Operations): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: GATEWAY_CONFIG, useValue: config },
        { provide: Operations, useValue: operations },
        { provide: Metrics, useValue: operations.metrics },
        { provide: HostClock, useValue: new HostClock() },
        RevocationWatch,
        { provide: Randomness, useValue: new Randomness() },
        { provide: Readiness, useValue: new Readiness() },
        RateStore,
        RateLimits,
        SweepRates,
        {
          provide: ClientCertificates,
          inject: [HostClock],
          useFactory: (clock: HostClock) => new ClientCertificates(config.mutualTls, clock),
        },
        {
          provide: Database,
          useFactory: () =>
            new Database({
              url: config.databaseUrl,
              connectionsMax: 20,
              applicationName: 'gateway',
            }),
        },
      ],
      exports: [
        GATEWAY_CONFIG,
        HostClock,
        Randomness,
        Readiness,
        Metrics,
        Operations,
        ClientCertificates,
        Database,
        RateLimits,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
