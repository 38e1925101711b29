import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { DisclosureCaps } from './disclosure-caps.service.js';
import { LimitsService } from './limits.service.js';

@Module({
  imports: [InstitutionsModule],
  providers: [LimitsService, DisclosureCaps],
  exports: [LimitsService, DisclosureCaps],
})
export class LimitsModule {}
