import { Module } from '@nestjs/common';
import { AgreementsModule } from './agreements.module.js';
import { EndContractsJob } from './end-contracts.job.js';

/** What time brings about: the server's part, which a command at a terminal does not run. */
@Module({ imports: [AgreementsModule], providers: [EndContractsJob] })
export class AgreementJobsModule {}
