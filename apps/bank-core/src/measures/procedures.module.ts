import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { DocumentsModule } from '../documents/index.js';
import { IncidentsModule } from '../incidents/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { MattersModule } from '../matters/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { ChainConnections } from './chain-connections.js';
import { ChainMatter } from './chain-matter.js';
import { HoldLetters } from './hold-letters.job.js';
import { HoldDesk, HoldReleases, HoldSettings } from './hold-steps.js';
import { LetterSender } from './letter-sender.js';
import { LettersService } from './letters.service.js';
import { ProcedureDesk } from './measure-matter.js';
import { StepDesk } from './measure-steps.js';
import { RepliesService } from './replies.service.js';
import { ReviewMatter } from './review-matter.js';
import { ReviewSteps } from './review-steps.js';
import { StopSteps } from './stop-steps.js';
import { LetterStore } from './storage/letter.store.pg.js';
import { TimedStepStore } from './storage/timed-step.store.pg.js';
import { TimedStepCancellations } from './timed-step-cancellations.js';
import { TimedSteps } from './timed-steps.js';

const PROCEDURES = [
  LetterStore,
  TimedStepStore,
  ReviewMatter,
  ChainMatter,
  ChainConnections,
  ReviewSteps,
  StopSteps,
  LettersService,
  RepliesService,
  TimedSteps,
  TimedStepCancellations,
  HoldSettings,
  HoldReleases,
];

/** The procedures of RKN-S4 and RKN-C2 without what is shown of them: all that a command needs to go through one. */
@Module({
  imports: [
    RecordsModule,
    StaffModule,
    InstitutionsModule,
    IncidentsModule,
    DocumentsModule,
    AgreementsModule,
    MattersModule,
    LinksModule,
  ],
  providers: [LetterSender, HoldLetters, HoldDesk, ProcedureDesk, StepDesk, ...PROCEDURES],
  exports: [...PROCEDURES],
})
export class ProceduresModule {}
