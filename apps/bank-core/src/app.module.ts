import { Module } from '@nestjs/common';
import { HealthController } from './platform/health.controller.js';
import { PlatformModule } from './platform/platform.module.js';

/** bank-core: each room is one line. */
@Module({ imports: [PlatformModule], controllers: [HealthController] })
export class AppModule {}
