import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LimitsService } from './limits.service.js';

@Module({ imports: [InstitutionsModule], providers: [LimitsService], exports: [LimitsService] })
export class LimitsModule {}
