import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { ReadingsController } from './http/readings.controller.js';
import { ReadingChoices } from './reading-choices.js';
import { ReadingsService } from './readings.service.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule],
  providers: [ReadingsService, ReadingChoices],
  controllers: [ReadingsController],
  exports: [ReadingsService],
})
export class ReadingsModule {}
