import { type DynamicModule, Module } from '@nestjs/common';
import { AuthorizationModule } from './authorization/index.js';
import { BankModule } from './bank/index.js';
import { ClientsModule } from './clients/index.js';
import { GrantsModule } from './grants/index.js';
import type { GatewayConfig } from './platform/config.js';
import { HealthController } from './platform/health.controller.js';
import { PlatformModule } from './platform/platform.module.js';

/** The gateway: each room is one line. */
@Module({})
export class AppModule {
  static with(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config),
        BankModule,
        ClientsModule,
        GrantsModule,
        AuthorizationModule,
      ],
      controllers: [HealthController],
    };
  }
}
