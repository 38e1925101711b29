import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { CasesModule } from '../cases/index.js';
import { ConsentsModule } from '../consents/index.js';
import { DocumentsModule } from '../documents/index.js';
import { IncidentsModule } from '../incidents/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { MattersModule } from '../matters/index.js';
import { ReadingsModule } from '../readings/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { TransfersModule } from '../transfers/index.js';
import { GatewayReports } from './gateway-reports.service.js';
import { DrawLetter } from './http/draw-letter.js';
import { GatewayReportsController } from './http/gateway-reports.controller.js';
import { HoldsController } from './http/holds.controller.js';
import { LettersController } from './http/letters.controller.js';
import { LinkViewController } from './http/link-view.controller.js';
import { OwnDemandsController } from './http/own-demands.controller.js';
import { OwnMeasuresController } from './http/own-measures.controller.js';
import { OwnStatementsController } from './http/own-statements.controller.js';
import { ProposeStepsController } from './http/propose-steps.controller.js';
import { TellReachedController } from './http/tell-reached.controller.js';
import { TimedStepsController } from './http/timed-steps.controller.js';
import { WatchController } from './http/watch.controller.js';
import { WatchFindingsController } from './http/watch-findings.controller.js';
import { ImpactService } from './impact.service.js';
import { NoticeStatements } from './notice-statements.service.js';
import { OwnDemands } from './own-demands.service.js';
import { ProceduresModule } from './procedures.module.js';
import { PropagationService } from './propagation.service.js';
import { RemindDutiesJob } from './remind-duties.job.js';
import { DutyReminderStore } from './storage/duty-reminder.store.pg.js';
import { GatewayReportStore } from './storage/gateway-report.store.pg.js';
import { NoticeStatementStore } from './storage/notice-statement.store.pg.js';
import { WatchFindingStore } from './storage/watch-finding.store.pg.js';
import { TimelineService } from './timeline.service.js';
import { WatchFindings } from './watch-findings.service.js';
import { WatchService } from './watch.service.js';

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
    ConsentsModule,
    TransfersModule,
    CasesModule,
    ReadingsModule,
    ProceduresModule,
  ],
  controllers: [
    ProposeStepsController,
    LettersController,
    LinkViewController,
    OwnMeasuresController,
    OwnStatementsController,
    OwnDemandsController,
    WatchController,
    TellReachedController,
    TimedStepsController,
    GatewayReportsController,
    HoldsController,
    WatchFindingsController,
  ],
  providers: [
    GatewayReportStore,
    GatewayReports,
    DutyReminderStore,
    RemindDutiesJob,
    WatchFindingStore,
    WatchFindings,
    NoticeStatementStore,
    NoticeStatements,
    OwnDemands,
    TimelineService,
    ImpactService,
    WatchService,
    PropagationService,
    DrawLetter,
  ],
  exports: [ProceduresModule],
})
export class MeasuresModule {}
