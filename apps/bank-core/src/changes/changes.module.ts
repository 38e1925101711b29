import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { ChangeHint } from './change-hint.js';
import { ChangesService } from './changes.service.js';
import { GetOutagesController } from './http/get-outages.controller.js';
import { ReadChangesController } from './http/read-changes.controller.js';
import { OutagesService } from './outages.service.js';
import { TurnChangesJob } from './turn-changes.job.js';

@Module({
  imports: [InstitutionsModule, RecordsModule],
  controllers: [ReadChangesController, GetOutagesController],
  providers: [ChangeHint, ChangesService, OutagesService, TurnChangesJob],
  exports: [OutagesService],
})
export class ChangesModule {}
