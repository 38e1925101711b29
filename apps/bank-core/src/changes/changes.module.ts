import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { ChangeHint } from './change-hint.js';
import { ChangesService } from './changes.service.js';
import { GetOutagesController } from './http/get-outages.controller.js';
import { ReadChangesController } from './http/read-changes.controller.js';
import { OutagesModule } from './outages.module.js';
import { TurnChangesJob } from './turn-changes.job.js';

@Module({
  imports: [InstitutionsModule, OutagesModule],
  controllers: [ReadChangesController, GetOutagesController],
  providers: [ChangeHint, ChangesService, TurnChangesJob],
})
export class ChangesModule {}
