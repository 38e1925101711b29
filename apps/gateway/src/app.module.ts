import { type DynamicModule, Module } from '@nestjs/common';
import { AuthorizationModule } from './authorization/index.js';
import { BankModule } from './bank/index.js';
import { ClientsModule } from './clients/index.js';
import { ConsentsModule } from './consents/index.js';
import { EventsModule } from './events/index.js';
import { GrantsModule } from './grants/index.js';
import { Operations } from '#libs/platform';
import type { GatewayConfig } from './platform/config.js';
import { InquiryModule } from './inquiry/index.js';
import { HealthController } from './platform/health.controller.js';
import { ParticipantsModule } from './participants/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProblemPagesController } from './platform/problem-pages/problem-pages.controller.js';
import { TransfersModule } from './transfers/index.js';

/** The gateway: each room is one line. */
@Module({})
export class AppModule {
  static with(
    config: GatewayConfig,
    operations = new Operations('gateway', 'silent'),
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, operations),
        BankModule,
        ClientsModule,
        GrantsModule,
        AuthorizationModule,
        ConsentsModule,
        InquiryModule,
        TransfersModule,
        EventsModule,
        ParticipantsModule,
      ],
      // In production health is asked for on the private listener and nowhere else (users.md D.1).
      controllers: [
        ProblemPagesController,
        ...(config.mode === 'production' ? [] : [HealthController]),
      ],
    };
  }
}
