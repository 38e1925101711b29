import { Inject, Injectable } from '@nestjs/common';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { ClearingService } from './clearing.service.js';

/** Woken by the NOTIFY of a committed 確定, and every few seconds in case one was missed. */
@Injectable()
export class DeliverOutbox {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(InstitutionsService) institutions: InstitutionsService,
    @Inject(ClearingService) clearing: ClearingService,
  ) {
    jobs.every(5_000, {
      name: 'deliver-outbox',
      channel: 'clearing_outbox',
      // One after the other, since a delivery uses two connections.
      run: () => inTurn(institutions, (id) => clearing.deliverDue(id)),
    });
  }
}
