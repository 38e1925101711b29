import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { DocumentsModule } from '../documents/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { MattersModule } from '../matters/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { ChainMatter } from './chain-matter.js';
import { DrawLetter } from './http/draw-letter.js';
import { LettersController } from './http/letters.controller.js';
import { LinkViewController } from './http/link-view.controller.js';
import { OwnBanks } from './http/own-banks.js';
import { OwnMeasuresController } from './http/own-measures.controller.js';
import { ProposeStepsController } from './http/propose-steps.controller.js';
import { LetterSender } from './letter-sender.js';
import { LettersService } from './letters.service.js';
import { ProcedureDesk } from './measure-matter.js';
import { StepDesk } from './measure-steps.js';
import { RepliesService } from './replies.service.js';
import { ReviewMatter } from './review-matter.js';
import { ReviewSteps } from './review-steps.js';
import { StopSteps } from './stop-steps.js';
import { LetterStore } from './storage/letter.store.pg.js';
import { TimelineService } from './timeline.service.js';

@Module({
  imports: [
    RecordsModule,
    StaffModule,
    InstitutionsModule,
    DocumentsModule,
    AgreementsModule,
    MattersModule,
    LinksModule,
  ],
  controllers: [
    ProposeStepsController,
    LettersController,
    LinkViewController,
    OwnMeasuresController,
  ],
  providers: [
    LetterStore,
    LetterSender,
    ProcedureDesk,
    ReviewMatter,
    ChainMatter,
    StepDesk,
    ReviewSteps,
    StopSteps,
    LettersService,
    RepliesService,
    TimelineService,
    OwnBanks,
    DrawLetter,
  ],
  exports: [ReviewMatter, ChainMatter, LettersService],
})
export class MeasuresModule {}
