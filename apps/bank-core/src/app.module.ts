import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { InstitutionsModule } from './institutions/index.js';
import { LimitsModule } from './limits/index.js';
import { HealthController } from './platform/health.controller.js';
import { PlatformModule } from './platform/platform.module.js';
import { RecordsModule } from './records/index.js';
import { TransfersModule } from './transfers/index.js';

/** bank-core: each room is one line. */
@Module({
  imports: [
    PlatformModule,
    RecordsModule,
    InstitutionsModule,
    AccountsModule,
    LimitsModule,
    TransfersModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
